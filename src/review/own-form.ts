import type { Context } from 'hono';
import { formOf } from './forms.ts';
import { fromOurPages, hasCsrfToken, type SessionDeps, type SessionEnv } from './session.ts';

/** The fields of a form, by their names. */
export type Form = Readonly<Partial<Record<string, string>>>;

/** The form of somebody who is signed in, where a page of ours sent it with the token of their session; null where not. */
export async function ownForm(c: Context<SessionEnv>, deps: Pick<SessionDeps, 'secure' | 'publicOrigin'>): Promise<Form | null> {
  const form = await formOf(c);
  return fromOurPages(c, deps) && hasCsrfToken(c.var.session, form.csrf) ? form : null;
}
