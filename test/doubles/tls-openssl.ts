import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPath } from '../setup/tools.ts';

/** A key and a certificate in files, as openssl wants them. */
export interface PemFiles {
  readonly key: string;
  readonly cert: string;
}

/** Certificates of a throw-away authority, made with the real openssl. */
export interface OpensslAuthority {
  readonly cert: string;
  /** `key` as `rsa:2048` or `ec:prime256v1`; names such as `DNS:localhost`. */
  issue(name: string, options?: { key?: string; names?: string; days?: number; hash?: string }): PemFiles;
  /** A file of Diffie-Hellman parameters: `ffdhe2048`, `modp_1536`. */
  dhParameters(group: string): string;
  remove(): void;
}

export function makeOpensslAuthority(): OpensslAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-openssl-'));
  const openssl = (...args: string[]): void => {
    execFileSync(toolPath('openssl'), args, { cwd: folder, stdio: 'pipe' });
  };
  openssl(
    'req',
    '-x509',
    ...newKey('rsa:2048'),
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Test CA',
    '-days',
    '30',
  );
  return {
    cert: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    issue(name, { key = 'rsa:2048', names = 'DNS:localhost,IP:127.0.0.1', days = 90, hash = 'sha256' } = {}) {
      const keyFile = `${name}.key`;
      const certFile = `${name}.pem`;
      const request = `${name}.csr`;
      const extensions = `${name}.ext`;
      writeFileSync(join(folder, extensions), `subjectAltName=${names}\n`);
      openssl('req', ...newKey(key), '-nodes', '-keyout', keyFile, '-out', request, '-subj', `/O=Hospital/CN=${name}`);
      const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', `-${hash}`, '-days', String(days)];
      openssl('x509', '-req', '-in', request, '-out', certFile, '-extfile', extensions, ...signing);
      return { key: join(folder, keyFile), cert: join(folder, certFile) };
    },
    dhParameters(group) {
      const file = join(folder, `${group}.pem`);
      openssl('genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', `group:${group}`, '-out', file);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function newKey(kind: string): string[] {
  const [type = '', parameter = ''] = kind.split(':');
  return type === 'ec' ? ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${parameter}`] : ['-newkey', kind];
}

export interface OpensslServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `openssl s_server` on a free port of 127.0.0.1, with these options more (`-tls1_2`, `-cipher`, …). */
export async function startOpenssl({ key, cert }: PemFiles, options: readonly string[]): Promise<OpensslServer> {
  const args = ['s_server', '-accept', '127.0.0.1:0', '-key', key, '-cert', cert, ...options];
  // Its standard input stays open: at the end of that it would end each connection.
  const child = spawn(toolPath('openssl'), args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const port = await portOf(child);
  return {
    port,
    close: async () => {
      const ended = once(child, 'close');
      child.kill();
      await ended;
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  let text = '';
  return new Promise((settle, fail) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const [, port] = /ACCEPT \S*:(\d+)/.exec(text) ?? [];
      if (port !== undefined) settle(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', () => fail(new Error(`openssl s_server ended: ${text}`)));
  });
}
