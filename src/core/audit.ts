/** What the audit log keeps of everything that a person or a key does. */

/** Whose act it is where nobody stood behind it: the agent's own, by its schedule or at its start. */
export const SYSTEM = 'system';

/** One act. No text in it may hold an identifier of a patient. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** A person's name as it stands in histories, `key:NAME` for an API key, `cli:USER` for a command, `system` for the agent itself. */
  readonly actor: string;
  /** The desk role, or the key's scope, that allowed it; `system`, or `operator` for who runs commands on the machine. */
  readonly role: string;
  /** What was done, as `noun.verb`: `incident.move`, `key.create`, `signin.refused`. */
  readonly action: string;
  /** To what: `incident:ID`, `key:ID`, `ruleset:DIGEST`. Empty where the act has no object. */
  readonly object: string;
  /** The particulars, as names and numbers. */
  readonly detail: AuditDetail;
}

export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/** An entry as it is given to the log: `id` makes writing it twice the same as once, `salt` keeps its leaf from being guessed. */
export interface SaltedEntry extends AuditEntry {
  readonly id: string;
  /** 16 random bytes, base64. */
  readonly salt: string;
}

/** An entry with its place in the log, from 0. Places have no gaps. */
export interface AuditRecord extends SaltedEntry {
  readonly seq: number;
}

/** A signed statement of how long the log was and what it held (C2SP tlog-checkpoint). */
export interface AuditCheckpoint {
  /** How many entries the log had. */
  readonly size: number;
  /** Milliseconds since the epoch: when it was signed. The note itself holds no time. */
  readonly at: number;
  /** The whole signed note. */
  readonly note: string;
}
