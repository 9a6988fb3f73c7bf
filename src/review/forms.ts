import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { errorPage } from './errors.ts';

/** Bytes of a form: a note of 2,000 characters, each of at most twelve bytes when encoded, and a little more. */
const FORM_LIMIT = 64 * 1024;

/** Refuses a form over the limit before it is read. */
export const formLimit = bodyLimit({ maxSize: FORM_LIMIT, onError: (c) => c.html(errorPage('large'), 413) });

/** The same for a form of six texts of 4,000 characters (an assessment). */
export const longFormLimit = bodyLimit({ maxSize: 6 * FORM_LIMIT, onError: (c) => c.html(errorPage('large'), 413) });

/** The fields of a form as our pages send it (`application/x-www-form-urlencoded`); no fields for anything else. */
export async function formOf(c: Context): Promise<Readonly<Partial<Record<string, string>>>> {
  const type = c.req.header('Content-Type') ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) return {};
  return Object.fromEntries(new URLSearchParams(await c.req.text()));
}
