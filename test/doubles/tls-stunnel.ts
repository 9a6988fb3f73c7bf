import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPath } from '../setup/tools.ts';
import { freePort } from '../support/free-port.ts';
import type { PemFiles } from './tls-openssl.ts';

/** One service of stunnel: TLS in front, a plain port of 127.0.0.1 behind. */
export interface StunnelService {
  readonly files: PemFiles;
  /** Options of its section: `sslVersionMax = TLSv1.2`. */
  readonly options: readonly string[];
  readonly behind: number;
}

/** Whether something listens on a port of 127.0.0.1. */
export async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((settle) => {
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  }).then((isOpen) => {
    socket.destroy();
    return isOpen === true;
  });
}

/** The real stunnel with these services, each on a free port. `dhParameters` is a file of them: without it stunnel makes its own for minutes. */
export async function startStunnel<Name extends string>(
  services: Readonly<Record<Name, StunnelService>>,
  dhParameters: string,
): Promise<{ ports: Readonly<Record<Name, number>>; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-stunnel-'));
  const names = Object.keys(services) as Name[];
  const ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()]))) as Record<
    Name,
    number
  >;
  const sections = names.map((name) => {
    const { files, options, behind } = services[name];
    const cert = join(folder, `${name}.pem`);
    writeFileSync(cert, `${readFileSync(files.cert, 'utf8')}${readFileSync(dhParameters, 'utf8')}`);
    const own = [`accept = 127.0.0.1:${ports[name]}`, `connect = 127.0.0.1:${behind}`, `cert = ${cert}`, `key = ${files.key}`];
    return [`[${name}]`, ...own, ...options].join('\n');
  });
  const config = join(folder, 'stunnel.conf');
  writeFileSync(config, `${['foreground = yes', 'pid =', 'syslog = no', ...sections].join('\n')}\n`);
  const child = spawn(toolPath('stunnel4'), [config], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  await new Promise<void>((settle, fail) => {
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      if (log.includes('Configuration successful')) settle();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => fail(new Error(`stunnel ended: ${log}`)));
  });
  return {
    ports,
    close: async () => {
      const ended = once(child, 'close');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
