import { randomBytes } from 'node:crypto';
import type { IdentifierKind } from '../lineage/identifier.ts';

/** What somebody asked for, without what they typed: keyed tokens of it. */
export interface Question {
  /** In addresses: random, and good for the session that asked alone. */
  readonly id: string;
  readonly tokens: readonly string[];
  /** What the reader said that it is; null where they left that open. */
  readonly kind: IdentifierKind | null;
}

/** How long an answer can be paged, reloaded and printed. Milliseconds. */
export const QUESTION_LIFE = 30 * 60 * 1000;
const MOST = 1000;

interface Kept extends Question {
  readonly session: string;
  readonly until: number;
}

/**
 * Questions in the memory of this process, so that neither an address nor a form has to say again whom they are about. They end after half an hour, with the
 * process, and when a thousand newer ones came.
 */
export function createQuestions() {
  const kept = new Map<string, Kept>();
  return {
    /** `now` in milliseconds. */
    ask(session: string, question: Omit<Question, 'id'>, now: number): Question {
      const id = randomBytes(16).toString('base64url');
      for (const [old, { until }] of kept) if (until <= now || kept.size >= MOST) kept.delete(old);
      kept.set(id, { ...question, id, session, until: now + QUESTION_LIFE });
      return { ...question, id };
    },
    /** Null where this session asked no such thing, or too long ago. */
    find(session: string, id: string, now: number): Question | null {
      const question = kept.get(id);
      return question === undefined || question.session !== session || question.until <= now ? null : question;
    },
    /** Of a person who was forgotten, no question stays. */
    drop(id: string): void {
      kept.delete(id);
    },
  };
}
