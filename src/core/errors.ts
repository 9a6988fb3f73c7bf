/** Every error code of Cordon, each classed by whether trying again can help. */
const CODES = {
  'config.invalid': 'permanent',
  'flows.invalid': 'permanent',
  'locations.invalid': 'permanent',
  'rules.invalid': 'permanent',
  'keyring.missing': 'permanent',
  'keyring.unavailable': 'transient',
  'keyring.invalid': 'permanent',
  'keyring.permissions': 'permanent',
  'keyring.unknown-key': 'permanent',
  'vault.corrupt': 'permanent',
  'vault.missing': 'permanent',
  'vault.quota': 'transient',
  'ledger.unavailable': 'transient',
  'ledger.schema': 'permanent',
  'ledger.corrupt': 'permanent',
  'audit.corrupt': 'permanent',
  'ledger.conflict': 'permanent',
  'ingest.overloaded': 'transient',
  'ingest.late': 'transient',
  'ingest.aborted': 'transient',
  'listener.unavailable': 'permanent',
  'queue.unavailable': 'transient',
  'scan.budget': 'permanent',
  'scan.crashed': 'transient',
  'scan.places': 'transient',
  'scan.failed': 'permanent',
  usage: 'permanent',
} as const satisfies Record<string, 'transient' | 'permanent'>;

export type ErrorCode = keyof typeof CODES;

/**
 * An error that names the place and the way out. `message` is read by people and goes to logs: it must never hold a value of a
 * message's content.
 */
export class CordonError extends Error {
  readonly code: ErrorCode;
  readonly retry: 'transient' | 'permanent';

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CordonError';
    this.code = code;
    this.retry = CODES[code];
  }
}

/** The text of anything thrown, for a log line or an error's tail. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What the system refused: `ENOENT: no such file or directory, open '/x'` names a file and a call, and no content. */
export function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown && 'errno' in thrown;
}
