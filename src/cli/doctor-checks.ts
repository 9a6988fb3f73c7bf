import { createPrivateKey, X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { type Config, keyringPlace, ledgerPath } from '../config.ts';
import { socketListeners, type TlsFiles, tlsFiles } from '../config-listeners.ts';
import { CordonError, reasonOf } from '../core/errors.ts';
import { ledgerPlace } from '../data-folder.ts';
import { openKeyring } from '../keyring/open.ts';
import { boundKeyring, openReader } from '../ledger/open.ts';

/** What one check found. A warning or failure says what to do about it. */
export interface Diagnosis {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly name: string;
  readonly text: string;
  readonly remedy?: string;
}

const DAY = 86_400_000;
const MIB = 2 ** 20;

export function checkNode(version: string): Diagnosis {
  const name = 'node';
  if (Number.parseInt(version.slice(1), 10) >= 24) return { level: 'ok', name, text: version };
  return {
    level: 'fail',
    name,
    text: `${version} is too old`,
    remedy: 'start Cordon with npm scripts or npx, which bring Node 24',
  };
}

/** The data folder: ours alone, and writable. */
export function checkDataFolder(folder: string): Diagnosis {
  const name = 'data folder';
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) {
    const parent = existingParent(folder);
    return isWritable(parent)
      ? { level: 'ok', name, text: `${folder} is made at the first start` }
      : {
          level: 'fail',
          name,
          text: `${folder} cannot be made in ${parent}`,
          remedy: 'give another folder (CORDON_DATA), or write access',
        };
  }
  if (!stat.isDirectory())
    return { level: 'fail', name, text: `${folder} is no folder`, remedy: 'give another path (CORDON_DATA)' };
  if (!isWritable(folder))
    return { level: 'fail', name, text: `${folder} is not writable`, remedy: `run: chown ${process.getuid?.() ?? ''} ${folder}` };
  if ((stat.mode & 0o077) !== 0) {
    return {
      level: 'warn',
      name,
      text: `${folder} is open to others (mode ${(stat.mode & 0o777).toString(8)})`,
      remedy: `run: chmod 700 ${folder}`,
    };
  }
  return { level: 'ok', name, text: folder };
}

/** The keyring: there where a ledger needs it, 0600, whole. */
export async function checkKeyring(config: Config): Promise<Diagnosis> {
  const name = 'keyring';
  const place = keyringPlace(config);
  const { path } = place;
  try {
    if (!existsSync(path) && !existsSync(ledgerPath(config)) && (await boundKeyring(ledgerPlace(config))) === null)
      return { level: 'ok', name, text: `${path} is made at the first start` };
    const { tokenKeys } = await openKeyring(place, false);
    return { level: 'ok', name, text: `${path}, ${tokenKeys.size} token ${tokenKeys.size === 1 ? 'key' : 'keys'}` };
  } catch (error) {
    return failure(name, error);
  }
}

/** The ledger opens for reading and has the schema of this version. */
export async function checkLedger(config: Config): Promise<Diagnosis> {
  const name = 'ledger';
  try {
    const place = ledgerPlace(config);
    if ('path' in place && !existsSync(place.path))
      return { level: 'ok', name, text: `${place.path} is made at the first start` };
    await (await openReader(place)).close();
    return { level: 'ok', name, text: 'path' in place ? place.path : 'PostgreSQL' };
  } catch (error) {
    return failure(name, error);
  }
}

/** Room on the disk for what the vault may still grow by. */
export function checkDisk(config: Config): Diagnosis {
  const name = 'disk space';
  const folder = existingParent(config.data);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const used = statSync(ledgerPath(config), { throwIfNoEntry: false })?.size ?? 0;
  const text = `${Math.floor(free / MIB)} MiB free on ${folder}, vault quota ${Math.floor(config.vault.quota / MIB)} MiB`;
  if (free < 64 * MIB) return { level: 'fail', name, text, remedy: 'free some space, or move the data folder (CORDON_DATA)' };
  if (free + used < config.vault.quota)
    return { level: 'warn', name, text, remedy: 'lower CORDON_VAULT_QUOTA, or give the disk more room' };
  return { level: 'ok', name, text };
}

/** The clock is not behind what was written before: messages would seem to come from the future, and retention would be wrong. */
export function checkClock(config: Config, now: number): Diagnosis {
  const name = 'clock';
  const path = ledgerPath(config);
  const newest = Math.max(
    statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    statSync(`${path}-wal`, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  const text = new Date(now).toISOString();
  if (newest > now + 60_000) {
    return {
      level: 'fail',
      name,
      text: `${text} is before the ledger's last change`,
      remedy: 'set the clock, and keep it with NTP',
    };
  }
  return { level: 'ok', name, text };
}

/** Every port that would be bound is free, or taken by an agent that already runs (then /healthz answers). */
export async function checkPorts(config: Config): Promise<readonly Diagnosis[]> {
  const running = await isRunning(config);
  const http = { name: 'http', host: config.host, port: config.http.port };
  return Promise.all(
    [http, ...socketListeners(config)].map(async ({ name, host, port }): Promise<Diagnosis> => {
      const label = `port of ${name}`;
      const code = port === 0 ? null : await bindError(host, port);
      const text = `${host}:${port}`;
      if (code === null) return { level: 'ok', name: label, text: port === 0 ? 'any free one' : `${text} is free` };
      if (code === 'EADDRINUSE' && running) return { level: 'ok', name: label, text: `${text} is in use by the running agent` };
      if (code === 'EADDRINUSE')
        return {
          level: 'fail',
          name: label,
          text: `${text} is in use`,
          remedy: `end what uses it, or give ${name} another port`,
        };
      if (code === 'EACCES')
        return { level: 'fail', name: label, text: `${text} may not be bound`, remedy: 'give a port over 1023' };
      return {
        level: 'fail',
        name: label,
        text: `${text} cannot be bound (${code})`,
        remedy: 'give an address of this machine (CORDON_HOST)',
      };
    }),
  );
}

/** What reaches further than this machine goes over TLS. */
export function checkExposure(config: Config): Diagnosis {
  const name = 'exposure';
  const open = (host: string) => !/^(127\.|::1$|localhost$)/.test(host);
  const clear = [
    ...(open(config.host) && tlsFiles(config.http) === null ? ['http'] : []),
    ...socketListeners(config).flatMap((listener) => (open(listener.host) && listener.tls === null ? [listener.name] : [])),
  ];
  if (clear.length === 0) return { level: 'ok', name, text: 'nothing is offered to the network in clear text' };
  return {
    level: 'warn',
    name,
    text: `${clear.join(', ')}: in clear text to the network`,
    remedy:
      'give certificates (CORDON_HTTP_CERTIFICATE, CORDON_MLLP_TLS_CERTIFICATE, CORDON_DIMSE_TLS_CERTIFICATE), or bind to loopback behind a proxy that speaks TLS',
  };
}

/** Certificates can be read, fit their keys, and are valid. */
export function checkCertificates(config: Config, now: number): readonly Diagnosis[] {
  const secured = [{ name: 'http', tls: tlsFiles(config.http) }, ...socketListeners(config)];
  return secured.flatMap(({ name, tls }) => (tls === null ? [] : [checkCertificate(`certificate of ${name}`, tls, now)]));
}

function checkCertificate(name: string, files: TlsFiles, now: number): Diagnosis {
  const { certificate, key, ca } = files;
  try {
    const read = new X509Certificate(readFileSync(certificate));
    if (!read.checkPrivateKey(createPrivateKey(readFileSync(key)))) {
      return {
        level: 'fail',
        name,
        text: `${certificate} does not belong to ${key}`,
        remedy: 'give the key that the certificate was made for',
      };
    }
    if (ca !== null) new X509Certificate(readFileSync(ca));
    const left = Math.floor((read.validToDate.getTime() - now) / DAY);
    if (read.validFromDate.getTime() > now)
      return { level: 'fail', name, text: `${certificate} is not valid yet`, remedy: 'check the clock' };
    if (left < 0) return { level: 'fail', name, text: `${certificate} has expired`, remedy: 'renew it and start again' };
    if (left < 30)
      return { level: 'warn', name, text: `${certificate} expires in ${left} days`, remedy: 'renew it and start again' };
    return { level: 'ok', name, text: `${certificate}, ${left} days left` };
  } catch (error) {
    // OpenSSL's text may quote what it read; which file it was is said by the system's own errors only.
    const why =
      error instanceof Error && 'syscall' in error ? reasonOf(error) : `${certificate}, ${key}: no PEM certificate and key`;
    return { level: 'fail', name, text: why, remedy: 'give paths of PEM files that this user can read' };
  }
}

/** Something that loads, or throws a CordonError: policies, packs. */
export function checkLoading(name: string, load: () => string): Diagnosis {
  try {
    return { level: 'ok', name, text: load() };
  } catch (error) {
    return failure(name, error);
  }
}

function failure(name: string, error: unknown): Diagnosis {
  if (!(error instanceof CordonError)) throw error;
  // The errors of Cordon carry their way out.
  return { level: 'fail', name, text: error.message };
}

function existingParent(path: string): string {
  let folder = resolve(path);
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    // access says no by throwing.
    return false;
  }
}

async function isRunning(config: Config): Promise<boolean> {
  // A certificate made for the host's name would not fit its address: that something answers on the port says as much.
  if (config.http.port === 0 || tlsFiles(config.http) !== null) return false;
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  try {
    const response = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${config.http.port}/healthz`, {
      signal: AbortSignal.timeout(2000),
    });
    return response.ok && (await response.text()).includes('"status":"ok"');
  } catch {
    // Nothing there, or nothing that speaks HTTP: not ours.
    return false;
  }
}

/** The system's code for why the port can't be bound now; null where it can. */
function bindError(host: string, port: number): Promise<string | null> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'unknown'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle(null)));
  });
}
