import { createServer } from 'node:http';
import { type Configuration, Provider } from 'oidc-provider';
import { z } from 'zod';

export const CLIENT_ID = 'cordon';
export const CLIENT_SECRET = 'a-secret-of-the-test-that-is-long-enough';

/** Who is known there, and the groups that they are in. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  dana: ['staff', 'cordon-officers'],
  erin: ['staff'],
  lee: ['cordon-auditors'],
};

/** Groups and what they are at the desk, as they are configured there. */
export const ROLES = [
  { value: 'cordon-officers', role: 'officer' },
  { value: 'cordon-auditors', role: 'auditor' },
] as const;

export interface RunningProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/**
 * The real provider, for a desk at this origin. Its own pages are for development: they take any password of whoever is named. `host` is what browsers
 * call it: `localhost` is another site than 127.0.0.1 (a port makes none).
 */
export async function startProvider(desk: string, host: '127.0.0.1' | 'localhost' = '127.0.0.1'): Promise<RunningProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const issuer = `http://${host}:${port}`;
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${desk}/sign-in/oidc/callback`],
        post_logout_redirect_uris: [`${desk}/sign-in`],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'], groups: ['groups'] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: `${id}@hospital.example`, groups: [...(GROUPS[id] ?? [])] }),
    }),
  };
  const provider = new Provider(issuer, configuration);
  server.on('request', provider.callback());
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Browsers keep theirs open.
        server.closeAllConnections();
      }),
  };
}
