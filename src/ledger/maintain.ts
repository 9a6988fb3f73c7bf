import { closeSync, openSync, rmSync } from 'node:fs';
import { CordonError, reasonOf } from '../core/errors.ts';
import { openReading, openWriting } from './sqlite/connection.ts';

/** Brings the schema of the ledger file up to date, and makes the file where there is none. Errors as of `openLedger`. */
export function migrateLedger(path: string): void {
  openWriting(path, true).close();
}

/**
 * Copies the ledger into a new file (0600) while the agent goes on: one consistent moment of it, without what was deleted.
 * The keyring is not in it. Throws `usage` where the file is there already.
 */
export function backUpLedger(path: string, file: string): void {
  const connection = openReading(path);
  try {
    // VACUUM INTO takes an empty file, and keeps its mode.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    connection.close();
    throw new CordonError('usage', `${file}: cannot be written (${reasonOf(error)}). Give a file that does not exist yet`);
  }
  try {
    connection.run({ sql: 'VACUUM INTO ?', parameters: [file] });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    connection.close();
  }
}
