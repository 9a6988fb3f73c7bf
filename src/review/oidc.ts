import * as client from 'openid-client';
import type { DeskRole } from '../core/vocabulary.ts';
import { type RoleMapping, roleOf, textOf } from './oidc-claims.ts';

/** What is configured of an identity provider. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  /** The claim that says somebody's groups; `a.b` looks into an object. */
  readonly roleClaim: string;
  /** The first that fits is the role; none that fits is no entry. */
  readonly roles: readonly RoleMapping[];
}

/** What ties an answer of the provider to the browser that asked: kept there, and nowhere else. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Somebody whom the provider vouched for. */
export interface Vouched {
  /** Issuer and subject, which together name one person for ever (OpenID Connect Core §5.7). */
  readonly subject: string;
  readonly name: string;
  /** Null where none of the claims leads to a role. */
  readonly role: DeskRole | null;
}

/** An OpenID provider, by authorization code with PKCE, state and nonce (RFC 9700 §2.1.1). All of it throws where the provider does not answer. */
export interface IdentityProvider {
  /** As pages name it. */
  readonly host: string;
  begin(redirect: string): Promise<{ readonly url: URL; readonly checks: Checks }>;
  finish(answer: URL, checks: Checks): Promise<Vouched>;
  /** Where one signs out there; null where it offers none (RP-Initiated Logout §2.1). */
  signOut(back: string): Promise<URL | null>;
}

/** Seconds that a request to the provider may take. */
const TIMEOUT = 5;
/** Seconds that its clock may be off. */
const SKEW = 30;
/** How long what it says of itself is believed. */
const DISCOVERY_LIFE = 60 * 60 * 1000;

/** Asks nothing of the provider before somebody signs in: an agent starts whether or not it answers. */
export function createIdentityProvider(settings: OidcSettings): IdentityProvider {
  const issuer = new URL(settings.issuer);
  const configuration = discovered(settings, issuer);
  return {
    host: issuer.host,
    async begin(redirect) {
      const config = await configuration();
      const checks = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: settings.scope,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
      });
      return { url, checks };
    },
    async finish(answer, { state, nonce, verifier }) {
      const config = await configuration();
      const tokens = await client.authorizationCodeGrant(config, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('the identity provider sent no ID token');
      // Many providers put groups into the answer of the userinfo endpoint only (OpenID Connect Core §5.4).
      const asks = roleOf(claims, settings) === null && config.serverMetadata().userinfo_endpoint !== undefined;
      const more = asks ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
      const all: Readonly<Record<string, unknown>> = { ...more, ...claims };
      const name = textOf(all.preferred_username) ?? textOf(all.email) ?? textOf(all.name) ?? claims.sub;
      return { subject: `${claims.iss} ${claims.sub}`, name, role: roleOf(all, settings) };
    },
    async signOut(back) {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(config, { post_logout_redirect_uri: back });
    },
  };
}

/** What the provider says of itself; asked again where it failed, and from time to time. */
function discovered(settings: OidcSettings, issuer: URL): () => Promise<client.Configuration> {
  const metadata = { [client.clockTolerance]: SKEW };
  // The configuration lets http through for loopback addresses only.
  const execute = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
  const auth = client.ClientSecretBasic(settings.clientSecret);
  let known: { readonly config: client.Configuration; readonly until: number } | null = null;
  return async () => {
    if (known !== null && performance.now() < known.until) return known.config;
    const config = await client.discovery(issuer, settings.clientId, metadata, auth, { execute, timeout: TIMEOUT });
    known = { config, until: performance.now() + DISCOVERY_LIFE };
    return config;
  };
}

/** Whether the provider did not answer, rather than refuse. */
export function isAway(error: unknown): boolean {
  if (error instanceof client.ClientError) return isAway(error.cause) || error.code === 'OAUTH_TIMEOUT';
  if (error instanceof client.ResponseBodyError) return error.status >= 500;
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
}
