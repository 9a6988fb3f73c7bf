import { DatabaseError } from 'pg';
import { CordonError } from '../../core/errors.ts';
import { isUntrusted } from '../../core/untrusted.ts';

/** SQLSTATE classes (postgresql.org/docs/15/errcodes-appendix.html) that say "not now": nothing is wrong with the statement. */
const NOT_NOW = new Map([
  ['08', 'the connection failed'],
  ['28', 'it refuses this login'],
  ['3D', 'there is no such database'],
  ['40', 'another transaction was in the way'],
  ['53', 'it is out of disk, memory or connections'],
  ['55', 'what is needed is locked'],
  ['57', 'it is going down, or ended the session'],
  ['58', 'its system reports an error'],
]);
const READ_ONLY = '25006';
const IDLE_IN_TRANSACTION = '25P03';
const NO_PRIVILEGE = '42501';
/** Tables, columns or functions that are not there. */
const OTHER_SCHEMA: ReadonlySet<string> = new Set(['42P01', '42703', '42883', '3F000']);

/**
 * What pg threw, as an error of ours. PostgreSQL's own texts can hold values of rows ("Key (…)=(…)", "invalid input …"), so only
 * its SQLSTATE goes on. Errors that are neither its nor the connection's (ours, defects) come back as they are.
 */
export function postgresError(error: unknown, place: string): unknown {
  if (error instanceof CordonError || !(error instanceof Error)) return error;
  if (!(error instanceof DatabaseError)) {
    if (error instanceof TypeError || error instanceof RangeError) return error;
    // Of the socket or of pg itself: the connection is gone, or never came.
    return unconnected(error, place);
  }
  const state = error.code ?? '';
  if (state === READ_ONLY) return unavailable(place, 'it is read-only', state);
  if (state === IDLE_IN_TRANSACTION) return unavailable(place, 'it ended a transaction that stood still', state);
  const transient = NOT_NOW.get(state.slice(0, 2));
  if (transient !== undefined) return unavailable(place, transient, state);
  if (state === NO_PRIVILEGE) {
    return new CordonError(
      'ledger.schema',
      `${place}: the role may not do this (SQLSTATE ${state}). Grant it the tables of the ledger`,
    );
  }
  if (OTHER_SCHEMA.has(state)) {
    return new CordonError(
      'ledger.schema',
      `${place}: the ledger's tables are not those of this Cordon (SQLSTATE ${state}). Run \`cordon ledger migrate\``,
    );
  }
  if (state.startsWith('XX')) {
    return new CordonError(
      'ledger.corrupt',
      `${place}: the database is damaged (SQLSTATE ${state}). Stop the agent, and restore a backup`,
    );
  }
  return new Error(`${place}: PostgreSQL refused a statement (SQLSTATE ${state})`);
}

/** Whether the database or the connection failed, not one call of a batch: then nothing of the batch is there. */
export function concernsAll(error: unknown): boolean {
  if (!(error instanceof CordonError)) return false;
  return error.code === 'ledger.corrupt' || (error.code === 'ledger.unavailable' && error.cause !== undefined);
}

/** How a connection can fail that was never one. `cause` is what src/waiting.ts tells a wrong URL by. */
function unconnected(error: Error, place: string): CordonError {
  const code = systemCode(error);
  if (isUntrusted(code)) {
    const text = `${place}: the certificate of PostgreSQL is not trusted (${code}): name its authority in DATABASE_URL (sslrootcert), and a host that the certificate has`;
    return new CordonError('ledger.unavailable', text, { cause: code });
  }
  // A socket is not opened but connected to.
  if ('syscall' in error && error.syscall === 'open') {
    const text = `${place}: a file that DATABASE_URL names (sslrootcert, sslcert, sslkey) cannot be read (${code})`;
    return new CordonError('ledger.unavailable', text, { cause: 'sslrootcert' });
  }
  // pg gives it no code (lib/connection.js).
  if (error.message === 'The server does not support SSL connections')
    return unavailable(place, 'it takes no TLS, which DATABASE_URL asks for');
  return unavailable(place, code ?? 'the connection failed');
}

function unavailable(place: string, what: string, state?: string): CordonError {
  const tail = state === undefined ? '' : ` (SQLSTATE ${state})`;
  return new CordonError('ledger.unavailable', `${place}: the ledger cannot be used now: ${what}${tail}`, {
    cause: state ?? what,
  });
}

/** `ECONNREFUSED` and the like. */
function systemCode(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
