import { afterAll, afterEach, beforeAll } from 'vitest';
import { makeOpensslAuthority, type OpensslAuthority, type PemFiles, startOpenssl } from '../../doubles/tls-openssl.ts';
import { verifyPort } from './verify-port.ts';

/** Endpoints of `openssl s_server` for one test file: an authority, a good certificate, and an end to each server after its test. */
export function useOpenssl() {
  let made: { authority: OpensslAuthority; good: PemFiles } | null = null;
  const cleanUps: (() => Promise<void>)[] = [];
  beforeAll(() => {
    const authority = makeOpensslAuthority();
    made = { authority, good: authority.issue('pacs') };
  });
  afterAll(() => made?.authority.remove());
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  });
  const use = () => {
    if (made === null) throw new Error('certificates are made before the tests, not before the file');
    return made;
  };
  return {
    authority: () => use().authority,
    good: () => use().good,
    cleanUps,
    verify: (port: number, asked: Partial<Parameters<typeof verifyPort>[1]> = {}) =>
      verifyPort(port, { ca: use().authority.cert, ...asked }),
    async openssl(options: readonly string[], files: PemFiles = use().good): Promise<number> {
      const server = await startOpenssl(files, options);
      cleanUps.push(server.close);
      return server.port;
    },
  };
}
