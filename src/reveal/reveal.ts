import { CordonError } from '../core/errors.ts';
import type { MessageId } from '../core/vocabulary.ts';

/**
 * A reveal: one person asks to see one value, with a reason; another one approves; for minutes the asker may look. Asked → approved,
 * denied or withdrawn; what nobody decided in time, and what was approved for long enough, has expired (docs/adr/0040-reveal.md).
 */

/** Who did something: the id decides who is the same person, the name is for readers. */
export interface Someone {
  readonly user: string;
  readonly name: string;
}

export const REVEAL_STATES = ['asked', 'approved', 'denied', 'withdrawn'] as const;
export type RevealState = (typeof REVEAL_STATES)[number];

export interface Reveal {
  readonly id: string;
  readonly incident: string;
  readonly message: MessageId;
  /** Number of the finding in its message, from 0. */
  readonly finding: number;
  /** Why, as the asker put it. Holds no patient's data. */
  readonly reason: string;
  readonly asked: Someone & { readonly at: number };
  readonly state: RevealState;
  /** Who approved, denied or withdrew it; null while it waits. */
  readonly decided: (Someone & { readonly at: number }) | null;
  /** Milliseconds: until when it waits for a decision, or may be looked at. */
  readonly until: number;
}

/** What somebody does with a reveal that waits. */
export interface RevealMove {
  readonly to: 'approved' | 'denied' | 'withdrawn';
  readonly by: Someone;
  readonly at: number;
  /** How long an approved value may be looked at, in milliseconds. */
  readonly openFor: number;
}

/** How long a question waits for an answer. */
export const WAIT_MS = 24 * 60 * 60 * 1000;

/** Longest reason, in characters. */
export const REASON_LIMIT = 500;

/** The state at a time: from `until` on, what waits and what is open has expired. */
export function standingReveal({ state, until }: Pick<Reveal, 'state' | 'until'>, now: number): RevealState | 'expired' {
  return (state === 'asked' || state === 'approved') && until <= now ? 'expired' : state;
}

/**
 * The reveal after a move. Throws `usage` where the wrong person moves: nobody approves or denies their own question, and only the asker
 * withdraws it; `ledger.conflict` where it waits no more.
 */
export function moveReveal(reveal: Reveal, { to, by, at, openFor }: RevealMove): Reveal {
  const standing = standingReveal(reveal, at);
  if (standing !== 'asked') {
    throw new CordonError('ledger.conflict', `the reveal is ${standing} by now: reload the page`);
  }
  const own = by.user === reveal.asked.user;
  if (own && to !== 'withdrawn') {
    throw new CordonError('usage', 'who asked for a reveal cannot decide on it: another person has to');
  }
  if (!own && to === 'withdrawn') throw new CordonError('usage', 'only who asked for a reveal can withdraw it');
  return { ...reveal, state: to, decided: { ...by, at }, until: to === 'approved' ? at + openFor : at };
}

/** Whether this person may look at the value now: the asker alone, while it is open. */
export function mayLook(reveal: Reveal, user: string, now: number): boolean {
  return user === reveal.asked.user && standingReveal(reveal, now) === 'approved';
}
