import { connect } from 'node:tls';
import { CordonError } from '../core/errors.ts';
import { isUntrusted } from '../core/untrusted.ts';

/** Milliseconds to show a certificate: a Redis that is away must not hold up a start, since the queue goes on without it. */
const MS = 2_000;

/**
 * Resolves when the Redis at `rediss://…` is who the URL names, or does not say: who connects later asks again. Throws `config.invalid` where its
 * certificate leads to none of the authorities (`ca`, PEM; by default the public ones) or is for another name, which trying again does not mend.
 */
export async function refuseUntrusted(url: string, ca: string | undefined): Promise<void> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const code = await new Promise<string | null>((resolve) => {
    const socket = connect({ host, port: Number(port || 6379), timeout: MS, ...(ca === undefined ? {} : { ca }) });
    const end = (found: string | null): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('secureConnect', () => end(null));
    socket.once('timeout', () => end(null));
    socket.on('error', (error) => end('code' in error && isUntrusted(error.code) ? String(error.code) : null));
  });
  if (code === null) return;
  throw new CordonError(
    'config.invalid',
    `${host}:${port || 6379}: the certificate of Redis is not trusted (${code}): give its authority (CORDON_REDIS_CA), and a URL with a name that the certificate has`,
  );
}
