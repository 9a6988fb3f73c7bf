import { z } from 'zod';
import { parseDuration } from './core/clock.ts';
import { isAddress } from './policy/address.ts';

/** The kinds of values that a configuration has, each a zod schema that says what is wrong and how it is written. */

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** Bytes of `64MiB`, `2GiB`, `512KiB`, `100B`; null where the text is no size. */
export function parseSize(text: string): number | null {
  const match = /^(\d{1,12})(B|KiB|MiB|GiB|TiB)$/.exec(text);
  const bytes = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

type Kind = 'text' | 'path' | 'port' | 'number' | 'size' | 'duration' | 'choice' | 'list' | 'url';

/** The metadata that every key has; `CONFIG_KEYS` is read from it. */
export interface KeyMeta {
  readonly kind: Kind;
  readonly about: string;
  /** A default that depends on the machine or the installation, as the reference page writes it. */
  readonly shown?: string;
  /** Its variable, where that is not CORDON_ and its name. */
  readonly variable?: string;
  /** A value that nothing may print. */
  readonly secret?: true;
}
export const keyMeta = z.registry<KeyMeta>();

export const size = (minimum: string, about: string) =>
  z
    .string({ error: 'is no size: write a number with its unit, as 64MiB (B, KiB, MiB, GiB, TiB)' })
    .transform((text, context) => {
      const bytes = parseSize(text);
      if (bytes === null) context.addIssue('is no size: write a number with its unit, as 64MiB (B, KiB, MiB, GiB, TiB)');
      else if (bytes < (parseSize(minimum) ?? 0)) context.addIssue(`must be at least ${minimum}`);
      return bytes ?? 0;
    })
    .register(keyMeta, { kind: 'size', about });

export const duration = (about: string) =>
  z
    .string({ error: 'is no duration: write it as in ISO 8601, PT30S, PT4H or P30D' })
    .transform((text, context) => {
      const milliseconds = parseDuration(text);
      if (milliseconds === null) context.addIssue('is no duration: write it as in ISO 8601, PT30S, PT4H or P30D');
      else if (milliseconds === 0) context.addIssue('must be longer than nothing');
      return milliseconds ?? 0;
    })
    .register(keyMeta, { kind: 'duration', about });

export const path = (about: string, shown?: string, variable?: string) =>
  z
    .string({ error: 'must be a path' })
    .min(1, 'must be a path')
    .register(keyMeta, {
      kind: 'path',
      about,
      ...(shown === undefined ? {} : { shown }),
      ...(variable === undefined ? {} : { variable }),
    });

/** Where a service is. A URL may hold a password. */
export const serviceUrl = (schemes: readonly string[], variable: string, about: string) => {
  const error = `must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return z
    .string({ error })
    .refine((text) => isUrlOf(text, schemes), error)
    .register(keyMeta, { kind: 'url', about, variable, secret: true });
};

function isUrlOf(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.some((scheme) => text.startsWith(`${scheme}://`)) && new URL(text).hostname !== '';
}

const ORIGIN = 'must be the address of the pages without a path, as https://cordon.hospital.example';

/** Scheme, host and port that a browser shows. */
export const origin = (about: string, shown: string) =>
  z.string({ error: ORIGIN }).refine(isOrigin, ORIGIN).register(keyMeta, { kind: 'url', about, shown });

function isOrigin(text: string): boolean {
  if (!isUrlOf(text, ['http', 'https'])) return false;
  const { origin: own, href } = new URL(text);
  return href === `${own}/`;
}

const PORT_ERROR = 'must be a port number, 1 to 65535, or 0 for a free one';
export const portNumber = () => z.int({ error: PORT_ERROR }).min(0, PORT_ERROR).max(65535, PORT_ERROR);
export const port = (about: string) => portNumber().register(keyMeta, { kind: 'port', about });

export const whole = (minimum: number, maximum: number, about: string, shown?: string) => {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .int({ error })
    .min(minimum, error)
    .max(maximum, error)
    .register(keyMeta, { kind: 'number', about, ...(shown === undefined ? {} : { shown }) });
};

export const choice = <const T extends readonly string[]>(values: T, about: string) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` }).register(keyMeta, { kind: 'choice', about });

/** AE titles (PS3.5 §6.2, VR AE): up to 16 characters, blanks at either end are not significant. Empty: any. */
export const aeTitles = (about: string) =>
  z
    .array(
      z
        .string({ error: 'must be an AE title of 1 to 16 characters' })
        .trim()
        .regex(/^[ -[\]-~]{1,16}$/, 'must be an AE title of 1 to 16 characters'),
      { error: 'must be a list' },
    )
    .register(keyMeta, { kind: 'list', about })
    .default([]);

const NAME_PATTERN = 'must be a word of letters, with * at its end for whatever follows, as ZZ*';

/** Words that names are compared with, whatever their case. */
export const namePatterns = (about: string, preset: readonly string[]) =>
  z
    .array(z.string({ error: NAME_PATTERN }).regex(/^\p{L}+\*?$/u, NAME_PATTERN), { error: 'must be a list' })
    .register(keyMeta, { kind: 'list', about })
    .default([...preset]);

export const networkText = z
  .string({ error: 'must be an address or a network in CIDR form, as 10.20.0.0/16' })
  .refine(isAddress, 'must be an address or a network in CIDR form, as 10.20.0.0/16');
