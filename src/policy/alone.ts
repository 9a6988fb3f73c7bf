import type { Parsed } from '../core/format.ts';
import { type Category, PERSON_SUBJECTS, type Reason, type Subject, type Unexamined } from '../core/vocabulary.ts';
import type { Detection, Match } from '../detect/match.ts';
import type { Decision } from './decision.ts';

/** What flows accept without saying so: nothing reads the pixels of an image. */
export const PIXEL_DATA = 'pixel-data';

export type Summary = Decision['summary'];

export interface Count {
  readonly category: Category;
  readonly subject: Subject;
  readonly permitted: boolean;
  count: number;
}

/** Counts by category and subject, those permitted apart from those that are not. */
export function summarize(detection: Detection, permitted: (match: number) => boolean): Summary {
  const rows: Count[] = [];
  detection.matches.forEach((match, i) => {
    countMatches(rows, match, permitted(i), 1);
  });
  return rows;
}

/** Adds so many matches like this one to a summary. */
export function countMatches(rows: Count[], { category, subject }: Match, permitted: boolean, count: number): void {
  // Few rows: comparing them is cheaper than making a key for each match.
  const row = rows.find((each) => each.category === category && each.subject === subject && each.permitted === permitted);
  if (row === undefined) rows.push({ category, subject, count, permitted });
  else row.count += count;
}

/** Reasons for which bytes were not examined, each once. */
export function unreadReasons(...lists: (readonly Unexamined[])[]): string[] {
  return [...new Set(lists.flatMap((list) => list.map((each) => each.reason)))];
}

/** What can be said of a message of which no flow is known (`cordon scan`). */
export type Alone = Pick<Decision, 'verdict' | 'reasons' | 'summary'>;

/**
 * Judges findings alone: flagged if any identifies a person (patient, relative, employer, household or nobody knows who), or if
 * bytes other than pixel data were not examined. Staff, facilities and equipment are recorded and leave it clean, and so is what a site's
 * overlays suppress.
 */
export function decideAlone(parsed: Parsed, detection: Detection, isSuppressed: (match: number) => boolean = () => false): Alone {
  const persons = detection.matches.some((match, i) => PERSON_SUBJECTS.has(match.subject) && !isSuppressed(i));
  const unread = unreadReasons(parsed.coverage.unexamined, detection.unexamined).some((why) => why !== PIXEL_DATA);
  const reasons: Reason[] = unread ? ['flow.none', 'unexamined'] : ['flow.none'];
  const isHarmless = (i: number): boolean => isSuppressed(i) || !PERSON_SUBJECTS.has(detection.matches[i]?.subject ?? 'unknown');
  return { verdict: persons || unread ? 'flagged' : 'clean', reasons, summary: summarize(detection, isHarmless) };
}
