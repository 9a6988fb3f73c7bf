import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { provisionTool, toolPath } from '../setup/tools.ts';
import { type Authority, makeAuthority } from './certificates.ts';
import { freePort } from './free-port.ts';

/** A real rsyslogd, which writes what it receives: one line a message, as `PRI|APP-NAME|MSGID|message`. */
export interface Rsyslog {
  /** RFC 5425 over TLS, and RFC 6587 in clear. */
  readonly tls: number;
  readonly plain: number;
  /** Whose certificate it shows, for localhost. */
  readonly ca: string;
  /** Resolves when so many messages were written; rejects with what rsyslogd said where they are not after a minute. */
  received(count: number): Promise<string[]>;
  close(): Promise<void>;
}

/** The system's, where it has the module for TLS too. */
function program(): string {
  const roots = ['/usr/lib', '/usr/lib64', ...readdirSync('/usr/lib').map((name) => join('/usr/lib', name))];
  const complete = roots.some((root) => existsSync(join(root, 'rsyslog/lmnsd_gtls.so')));
  return complete ? toolPath('rsyslogd') : provisionTool('rsyslogd', '');
}

export async function startRsyslog(): Promise<Rsyslog> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-rsyslog-'));
  const authority = makeAuthority();
  const [tls, plain] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'rsyslog.conf'), configuration(folder, authority, tls, plain));
  const said: string[] = [];
  const server = spawn(program(), ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  await listening([tls, plain], server, said);
  const file = join(folder, 'messages');
  return {
    tls,
    plain,
    ca: authority.cert,
    async received(count) {
      for (let waited = 0; waited < 60_000; waited += 50) {
        const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
        if (lines.length >= count) return lines;
        await sleep(50);
      }
      throw new Error(`rsyslogd did not write ${count} messages:\n${said.join('')}`);
    },
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      authority.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, authority: Authority, tls: number, plain: number): string {
  const pair = authority.issue('/CN=localhost');
  writeFileSync(join(folder, 'key.pem'), pair.key, { mode: 0o600 });
  writeFileSync(join(folder, 'cert.pem'), pair.cert);
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  return `
global(workDirectory="${folder}" maxMessageSize="64k"
  defaultNetstreamDriverCAFile="${folder}/ca.pem"
  defaultNetstreamDriverCertFile="${folder}/cert.pem"
  defaultNetstreamDriverKeyFile="${folder}/key.pem")
module(load="imtcp")
template(name="line" type="string" string="%pri%|%app-name%|%msgid%|%msg%\\n")
ruleset(name="keep") { action(type="omfile" file="${folder}/messages" template="line") }
input(type="imtcp" address="127.0.0.1" port="${tls}" ruleset="keep"
  streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
input(type="imtcp" address="127.0.0.1" port="${plain}" ruleset="keep")
`;
}

async function listening(ports: readonly number[], server: ChildProcess, said: readonly string[]): Promise<void> {
  for (const port of ports) {
    for (let tries = 0; !(await answers(port)); tries++) {
      if (server.exitCode !== null || tries > 600) throw new Error(`rsyslogd does not listen on ${port}:\n${said.join('')}`);
      await sleep(50);
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
