import type { Category, Subject } from '../../src/core/vocabulary.ts';

/** One thing that a detector reports in a file, as the score compares it with labels. */
export interface Found {
  /** Null where a tool has no such kind of ours: it then counts for no category and against none. */
  readonly category: Category | null;
  readonly subject: Subject;
  /** Bytes of the file, half-open; null where the value has none of its own. */
  readonly start: number | null;
  readonly end: number | null;
  readonly path: string;
  readonly text: string;
  /** Whether a policy passes it over, since it stands alone in its text (src/detect/lone.ts). */
  readonly lone?: boolean;
  /** What reported it: a rule, or a tool's own name for its kind. */
  readonly rule: string;
}

/** Looks at one file's bytes. */
export interface Detector {
  readonly name: string;
  find(bytes: Uint8Array): Promise<readonly Found[]>;
}
