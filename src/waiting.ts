import { setTimeout as sleep } from 'node:timers/promises';
import { CordonError } from './core/errors.ts';
import { isUntrusted } from './core/untrusted.ts';
import type { Log } from './log.ts';

/** Milliseconds between two attempts: short at first, for services that start together, then no load on what is down. */
const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** Opens what an agent needs to start. `what` is for the log: `the keyring`. */
export type Waiting = <T>(what: string, open: () => Promise<T>) => Promise<T>;

/** For commands: whoever runs one is there to read why it failed, and to run it again. */
export const withoutWaiting: Waiting = (_what, open) => open();

/**
 * For agents: tries again until it works, since nobody is there at night when a key service or a database comes back. The log says what
 * is waited for and why, once for each reason. Rejects at once with what trying again does not mend: a permanent error, a login that is refused,
 * a database that is not there, a certificate that is not trusted.
 */
export function waitingFor(log: Log): Waiting {
  return async (what, open) => {
    let said: string | null = null;
    for (let pause = FIRST_MS; ; pause = Math.min(2 * pause, LONGEST_MS)) {
      try {
        const opened = await open();
        if (said !== null) log('info', 'there', { what });
        return opened;
      } catch (error) {
        if (!(error instanceof CordonError) || error.retry !== 'transient' || isWrongUrl(error)) throw error;
        if (error.message !== said) log('warn', 'waiting', { what, reason: error.message });
        said = error.message;
      }
      // Processes of a cluster that were cut off together do not come back together.
      await sleep(pause * (0.75 + Math.random() / 2));
    }
  };
}

/**
 * SQLSTATE classes 28 and 3D: the URL's user, password or database is wrong, or pg_hba.conf does not let it in. Or the server is not seen to be
 * the one that the URL names, or a file that it names is missing. Ledger errors keep that as their cause.
 */
function isWrongUrl({ code, cause }: CordonError): boolean {
  if (code !== 'ledger.unavailable' || typeof cause !== 'string') return false;
  return /^(28|3D)...$/.test(cause) || cause === 'sslrootcert' || isUntrusted(cause);
}
