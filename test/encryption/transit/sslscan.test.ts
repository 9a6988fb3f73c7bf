import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeTransit } from '../../../src/encryption/transit/probe.ts';
import { VERSIONS } from '../../../src/encryption/transit/versions.ts';
import { makeOpensslAuthority, type OpensslAuthority, startOpenssl } from '../../doubles/tls-openssl.ts';
import { toolPath } from '../../setup/tools.ts';

const FAST = { timeout: 3000, perSecond: 1000, connections: 400 };

let authority: OpensslAuthority;
beforeAll(() => {
  authority = makeOpensslAuthority();
});
afterAll(() => authority.remove());

/** `TLSv1.2 0xC02F` for each suite that sslscan lists, and the codes of the groups of TLS 1.3. */
async function sslscan(port: number): Promise<{ suites: string[]; groups: number[] }> {
  const args = ['--xml=-', '--no-colour', '--no-heartbleed', `127.0.0.1:${port}`];
  const { stdout } = await promisify(execFile)(toolPath('sslscan'), args);
  const suites = [...stdout.matchAll(/<cipher [^>]*sslversion="([^"]+)"[^>]*id="0x([0-9A-F]{4})"/g)];
  const groups = [...stdout.matchAll(/<group sslversion="TLSv1.3"[^>]*id="0x([0-9a-fA-F]{4})"/g)];
  return {
    suites: suites
      .map(([, version = '', id = '']) => `${version === 'TLSv1.0' ? 'TLSv1' : version} 0x${id.toLowerCase()}`)
      .sort(),
    groups: groups.map(([, id = '']) => Number.parseInt(id, 16)),
  };
}

async function probe(port: number): Promise<{ suites: string[]; groups: readonly number[] }> {
  const result = await probeTransit({ host: '127.0.0.1', port }, 'localhost', new AbortController().signal, FAST);
  if (result.kind !== 'tls') throw new Error(`the probe saw no TLS: ${result.kind}`);
  const { suites, groups } = result.facts;
  const named = VERSIONS.flatMap((version) =>
    (suites[version] ?? []).map((code) => `${version} 0x${code.toString(16).padStart(4, '0')}`),
  );
  return { suites: named.sort(), groups };
}

describe('the probe and sslscan', () => {
  it.each([
    ['everything that openssl can', 'rsa:2048', ['-cipher', 'ALL:eNULL:@SECLEVEL=0']],
    ['everything, with a certificate of P-384', 'ec:secp384r1', ['-cipher', 'ALL:eNULL:@SECLEVEL=0']],
    ['the defaults', 'rsa:2048', []],
    ['TLS 1.3 alone', 'rsa:2048', ['-tls1_3']],
    ['CBC alone, in the order of the server', 'rsa:2048', ['-no_tls1_3', '-serverpref', '-cipher', 'AES256-SHA:AES128-SHA']],
  ])('list the same suites: %s', async (_name, key, options) => {
    const server = await startOpenssl(authority.issue('endpoint', { key }), options);
    try {
      const theirs = await sslscan(server.port);
      const ours = await probe(server.port);
      expect(theirs.suites.length).toBeGreaterThan(0);
      expect(ours.suites).toEqual(theirs.suites);
      // We ask for finite fields and Brainpool as well, which sslscan does not.
      expect(ours.groups).toEqual(expect.arrayContaining(theirs.groups));
    } finally {
      await server.close();
    }
  });
});
