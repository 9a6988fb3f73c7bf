import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { connect as connectTls } from 'node:tls';
import { type Clock, isoTime } from '../core/clock.ts';
import { CordonError, reasonOf } from '../core/errors.ts';

/** A syslog receiver: RFC 5425 over TLS, or in clear (RFC 6587) where that was asked for. */
export interface SyslogTarget {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority that its certificate is checked by; null for those of the runtime. */
  readonly ca: string | null;
  readonly plain: boolean;
}

/** Facility 10 (security), severity 5 (notice): RFC 5424 6.2.1; PS3.15 A.6 has both, and most messages as <85>. */
const PRIORITY = 10 * 8 + 5;
const CONNECT_MS = 10_000;

/** Reads `logs.example:6514`, or `[::1]:6514`. Throws `usage`. */
export function readSyslogTarget(text: string): { host: string; port: number } {
  const [, v6, name, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = v6 ?? name;
  if (host === undefined || Number(port) > 65_535) {
    throw new CordonError('usage', `--syslog ${text}: HOST:PORT is needed, an IPv6 address as [::1]:6514`);
  }
  return { host, port: Number(port) };
}

/**
 * One message of RFC 5424, counted in octets (RFC 5425 4.3.1): `MSG` is UTF-8 and says so with its mark. MSGID is the one
 * that PS3.15 A.6 names.
 */
export function syslogFrame(message: string, at: number): Buffer {
  const name = hostname().replaceAll(/[^!-~]/g, '') || '-';
  const text = `<${PRIORITY}>1 ${isoTime(at)} ${name.slice(0, 255)} cordon ${process.pid} DICOM+RFC3881 - \u{FEFF}${message}`;
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from(`${bytes.length} `, 'latin1'), bytes]);
}

/** Takes lines and gives a frame for each; a line may come in pieces. */
function framing(clock: Clock): Transform {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = `${rest}${decoder.write(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      done(null, Buffer.concat(lines.filter((line) => line !== '').map((line) => syslogFrame(line, clock()))));
    },
    flush(done) {
      done(null, rest === '' ? null : syslogFrame(rest, clock()));
    },
  });
}

/**
 * Runs `write` with a stream of lines, and sends each line as a message. Resolves when all of it was handed to the receiver's connection and that was
 * closed in order: syslog itself has no answer. Rejects with `usage` where the receiver cannot be reached or trusted, or goes away.
 */
export async function sendToSyslog(target: SyslogTarget, clock: Clock, write: (lines: Writable) => Promise<void>): Promise<void> {
  const socket = await connected(target).catch((error: unknown) => {
    throw broken(target, error);
  });
  const lines = framing(clock);
  const sent = pipeline(lines, socket);
  const written = write(lines).then(
    () => lines.end(),
    (error: unknown) => {
      // What ended the connection failed the writing too.
      if (socket.destroyed) return;
      lines.destroy();
      throw error;
    },
  );
  const [sending, writing] = await Promise.allSettled([sent, written]);
  if (writing.status === 'rejected') throw writing.reason;
  if (sending.status === 'rejected') throw broken(target, sending.reason);
}

function broken({ host, port, plain }: SyslogTarget, error: unknown): CordonError {
  const way = plain ? 'is it a syslog receiver on TCP?' : 'does it speak TLS, with a certificate of --ca?';
  return new CordonError('usage', `${host}:${port}: not all was sent (${reasonOf(error)}): ${way}`, { cause: error });
}

function connected({ host, port, ca, plain }: SyslogTarget): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = plain
      ? connectPlain({ host, port })
      : connectTls({
          host,
          port,
          minVersion: 'TLSv1.2',
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ...(ca === null ? {} : { ca }),
        });
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once(plain ? 'connect' : 'secureConnect', () => {
      socket.setTimeout(0);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
