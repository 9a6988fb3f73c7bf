import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, TLSSocket } from 'node:tls';
import type { Fact } from '../../core/evidence.ts';
import { type Finding, failed, notApplicable, proven, unknown } from './evidence-row.ts';
import type { Machine } from './machine.ts';

/** An end of a TCP connection: `10.0.0.5:5432`. */
export type Address = string;

/** A connection to a server as this end sees it. */
export interface Link {
  /** Null over a Unix socket. */
  readonly local: Address | null;
  readonly remote: Address | null;
  /** Null in clear. `authorized`: the certificate was checked against the authorities and the name. */
  readonly tls: { readonly version: string; readonly cipher: string; readonly authorized: boolean } | null;
}

/** What the server says of its end of the same connection, and of the process that holds it. */
export interface ServerEnd {
  /** The client as the server sees it; null over a Unix socket. */
  readonly client: Address | null;
  readonly process: number | null;
  /** Name of the program, as /proc says it: `postgres`, `redis-server`. */
  readonly program: string;
}

/** `host`: as the URL names the server. Its certificate is looked at for that here, since a driver may leave it out (pg with `verify-ca`). */
export function linkOf(stream: Duplex, host: string): Link {
  const tls =
    stream instanceof TLSSocket
      ? {
          version: stream.getProtocol() ?? 'unknown',
          cipher: stream.getCipher().standardName,
          authorized: stream.authorized && checkServerIdentity(host, stream.getPeerCertificate()) === undefined,
        }
      : null;
  if (!(stream instanceof Socket)) return { local: null, remote: null, tls };
  return {
    local: addressOf(stream.localAddress, stream.localPort),
    remote: addressOf(stream.remoteAddress, stream.remotePort),
    tls,
  };
}

/** One spelling of an address: IPv4 in IPv6 as IPv4, IPv6 in brackets. */
export function addressOf(host: string | null | undefined, port: number | null | undefined): Address | null {
  if (host === null || host === undefined || port === null || port === undefined) return null;
  const plain = host.replace(/^::ffff:(?=\d+\.)/i, '').replace(/\/\d+$/, '');
  return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`;
}

/**
 * Whether the server runs here, so that the paths that it names are paths of ours. A loopback address is no proof: a tunnel ends there too.
 * So all of: the server sees the very address and port that we have (nothing stands between), both ends are of one host, the process that it
 * says it is runs here under that name, and that process sees the mounts that we see (it is in no container).
 */
export function isHere(machine: Machine, link: Link, { client, process, program }: ServerEnd): boolean {
  if (client !== link.local) return false;
  if (link.local !== null && hostOf(link.local) !== hostOf(link.remote ?? '')) return false;
  if (process === null || machine.text(`/proc/${process}/comm`)?.trim() !== program) return false;
  const mounts = machine.text('/proc/self/mountinfo');
  return mounts !== null && mounts === machine.text(`/proc/${process}/mountinfo`);
}

function hostOf(address: Address): string {
  return address.slice(0, address.lastIndexOf(':'));
}

/** Check `connection`: whether this connection is encrypted, and with whom it is. `remedy` says how to ask for TLS. */
export function judgeLink(link: Link, here: boolean, facts: Readonly<Record<string, Fact>>, remedy: string): Finding {
  const { tls } = link;
  const seen = { tls: tls?.version ?? null, cipher: tls?.cipher ?? null, authenticated: tls?.authorized ?? null, ...facts };
  if (tls?.authorized === true) return proven('connection', seen);
  if (tls !== null)
    return unknown(
      'connection',
      `the connection is encrypted, but not seen to be with whom the URL names: its certificate was not verified, or is for another name. ${remedy}`,
      seen,
    );
  if (link.local === null) return notApplicable('connection', 'a Unix socket does not leave this machine', seen);
  if (here) return notApplicable('connection', 'the server is on this machine, and the connection does not leave it', seen);
  return failed('connection', `the connection is in clear. ${remedy}`, seen);
}
