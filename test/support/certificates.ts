import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  readonly folder: string;
  /** PEM of the authority itself. */
  readonly cert: string;
  /** Issues a certificate for this subject (`/O=Hospital/CN=lis`), for 127.0.0.1 and localhost. */
  issue(subject: string): KeyPair;
  remove(): void;
}

/** A certificate authority made by the openssl command line in a folder of its own. */
export function makeAuthority(subject = '/CN=Cordon test CA'): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-ca-'));
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', subject);
  writeFileSync(join(folder, 'san.ext'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  let issued = 0;
  return {
    folder,
    cert: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    issue(name) {
      const file = `c${++issued}`;
      openssl('req', ...curve, '-keyout', `${file}.key`, '-out', `${file}.csr`, '-subj', name);
      const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'san.ext'];
      openssl('x509', '-req', '-in', `${file}.csr`, ...signer, '-out', `${file}.pem`);
      return { key: readFileSync(join(folder, `${file}.key`), 'utf8'), cert: readFileSync(join(folder, `${file}.pem`), 'utf8') };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
