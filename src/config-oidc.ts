import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { keyMeta, path } from './config-values.ts';
import { CordonError, reasonOf } from './core/errors.ts';
import { DESK_ROLES } from './core/vocabulary.ts';

/** Where people sign in who have no account here (docs/adr/0037-who-signs-in.md). */

const ISSUER = 'must be the URL of an OpenID provider that begins with https:// (http:// on this machine only)';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

const text = (what: string, about: string, more: { readonly secret?: true } = {}) =>
  z
    .string({ error: `must be ${what}` })
    .min(1, `must be ${what}`)
    .register(keyMeta, { kind: 'text', about, ...more });

const Mapping = z.strictObject({
  value: z.string({ error: 'must be a text' }).min(1, 'must be a text'),
  role: z.enum(DESK_ROLES, { error: `must be one of ${DESK_ROLES.join(', ')}` }),
});

const WHOLE = ['clientId', 'roles'] as const;

export const oidcKeys = z
  .strictObject({
    issuer: z
      .string({ error: ISSUER })
      .refine(isIssuer, ISSUER)
      .register(keyMeta, {
        kind: 'url',
        about:
          'OpenID provider that people sign in at. Register `/sign-in/oidc/callback` of the desk there, and `/sign-in` for signing out. Unset: none.',
      })
      .optional(),
    clientId: text('a text', 'What the provider calls this desk.').optional(),
    clientSecret: text('a text', 'The secret that the provider gave with it.', { secret: true }).optional(),
    clientSecretFile: path('File with that secret, read where it is not given: it need not stand in the environment.').optional(),
    scope: text('a text', 'What is asked of the provider; some put groups under a scope of their own.').default(
      'openid profile email',
    ),
    roleClaim: text(
      'the name of a claim',
      'Claim that says which groups somebody is in; `realm_access.roles` looks into an object.',
    ).default('groups'),
    roles: z
      .array(Mapping, { error: 'must be a list' })
      .register(keyMeta, {
        kind: 'list',
        about: `Groups and what they are here: \`{value, role}\`, roles ${DESK_ROLES.join(' ')}. The first that fits is taken; who is in none does not come in.`,
      })
      .default([]),
  })
  .superRefine((oidc, context) => {
    const need = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
    if (oidc.issuer === undefined) return;
    for (const key of WHOLE) if (oidc[key] === undefined || oidc[key].length === 0) need(key, 'is needed with issuer');
    if (oidc.clientSecret === undefined && oidc.clientSecretFile === undefined) {
      need('clientSecretFile', 'is needed with issuer, or clientSecret');
    }
  })
  .prefault({});

export type OidcConfig = z.output<typeof oidcKeys>;

/** What the desk needs of a provider; null where none is configured. Throws `config.invalid` that names the file of the secret, never what is in it. */
export function oidcSettings({ issuer, clientId, clientSecret, clientSecretFile, ...rest }: OidcConfig) {
  if (issuer === undefined || clientId === undefined) return null;
  return { issuer, clientId, clientSecret: clientSecret ?? read(clientSecretFile ?? ''), ...rest };
}

function read(file: string): string {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
  } catch (error) {
    throw new CordonError('config.invalid', `oidc.clientSecretFile cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  throw new CordonError('config.invalid', `oidc.clientSecretFile: ${file} is empty`);
}
