import { type Category, PERSON_SUBJECTS, type Reason, type Sensitivity, SUBJECTS, type Subject } from '../core/vocabulary.ts';
import { atPath, type CompiledFlow, type ContentRule, datasetHolds, ofCategory, ofSubject, ofType } from './content.ts';
import type { Dataset } from './flow.ts';
import { told } from './units.ts';

/** One thing that a message holds: a finding, or (category `unexamined`, path = the reason) bytes that nobody read. */
export interface Held {
  readonly category: Category;
  readonly subject: Subject;
  /** Without indices; null where it is not known: then a rule that names paths permits nothing, and denies. */
  readonly path: string | null;
}

/** Null: it may pass. */
export type Judgement = { readonly reason: Reason; readonly denied: boolean } | null;

/**
 * A policy's rules on what messages of one type hold at one time. Precedence: deny > live exception > permit under the data
 * set's ceiling > flagged. Presence is not a leak: what identifies staff, facilities or equipment passes unless a deny names its
 * subject. Of whom nobody knows passes where it would pass whoever it is of (docs/adr/0063-whoever-it-is-of.md). `dataset` is what the message is held to
 * where that is not the flow's (`heldDataset`).
 */
export function contentJudge(
  flow: CompiledFlow,
  type: string,
  labels: readonly Sensitivity[],
  now: number,
  dataset: Dataset = flow.policy.basis.dataset,
): (held: Held) => Judgement {
  const deny = flow.deny.filter(
    (rule) => ofType(rule, type) && (rule.sensitivity.size === 0 || labels.some((label) => rule.sensitivity.has(label))),
  );
  const named = told(labels);
  const cleared = (rule: ContentRule): boolean => named.every((label) => rule.sensitivity.has(label));
  const exceptions = flow.exceptions.flatMap(({ rule, until }) =>
    now < until && ofType(rule, type) && cleared(rule) ? [rule] : [],
  );
  const permit = flow.permit.filter((rule) => ofType(rule, type));

  const judge = (held: Held): Judgement => {
    const person = PERSON_SUBJECTS.has(held.subject);
    const denial = deny.find((rule) => denies(rule, held, person));
    if (denial !== undefined) return { reason: reasonOfDenial(denial), denied: true };
    if (!person || exceptions.some((rule) => permits(rule, held))) return null;
    if (!datasetHolds(dataset, held.category)) {
      return { reason: dataset === 'limited' ? 'dataset.limited' : 'dataset.safe-harbor', denied: false };
    }
    if (permit.some((rule) => cleared(rule) && permits(rule, held))) return null;
    if (
      held.subject === 'unknown' &&
      held.category !== 'unexamined' &&
      KNOWN.every((subject) => judge({ ...held, subject }) === null)
    )
      return null;
    return { reason: reasonOfLack(permit, held), denied: false };
  };
  return judge;
}

/** Whose an identifier may be of which nobody knows whose it is. */
const KNOWN = SUBJECTS.filter((subject) => subject !== 'unknown');

/** Of bytes that nobody read, `subjects` says nothing. */
const subjectFits = (rule: ContentRule, held: Held): boolean => held.category === 'unexamined' || ofSubject(rule, held.subject);

function permits(rule: ContentRule, held: Held): boolean {
  if (!ofCategory(rule, held.category) || !subjectFits(rule, held)) return false;
  return held.path === null ? rule.paths === null : atPath(rule, held.path);
}

function denies(rule: ContentRule, held: Held, person: boolean): boolean {
  if (!ofCategory(rule, held.category) || !subjectFits(rule, held)) return false;
  if (!person && rule.subjects === null) return false;
  return held.path === null || atPath(rule, held.path);
}

function reasonOfDenial(rule: ContentRule): Reason {
  if (rule.sensitivity.size > 0) return 'content.sensitivity';
  return rule.categories === null && rule.subjects !== null ? 'content.subject' : 'content.category';
}

/** The one key that a permit would have to name for this to pass; the category where it is more than one. */
function reasonOfLack(permit: readonly ContentRule[], held: Held): Reason {
  if (held.category === 'unexamined') return 'unexamined';
  if (permit.some((rule) => permits(rule, held))) return 'content.sensitivity';
  const other = permit.some((rule) => ofCategory(rule, held.category) && (held.path === null || atPath(rule, held.path)));
  return other ? 'content.subject' : 'content.category';
}
