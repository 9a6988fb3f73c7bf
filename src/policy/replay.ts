import { CATEGORIES, type Category, SUBJECTS, type Subject } from '../core/vocabulary.ts';
import { contentJudge } from './judge.ts';
import { factsOfObserved } from './observed-names.ts';
import { matchFlow, type Register } from './register.ts';
import { standing } from './standing.ts';
import type { SeenFlow, SeenUse } from './suggest.ts';

/** What a change of the register would have done to one observed flow. Counts are messages. */
export interface Replayed {
  readonly key: string;
  readonly source: string;
  readonly destination: string;
  readonly messages: number;
  /** Policy and standing before and after: `lab-registry`, `lab-registry (expired)`, `unregistered`. */
  readonly before: string;
  readonly after: string;
  /**
   * Messages flagged after and not before, and the other way. Use is stored by type, category and subject, not by message, so
   * these are the most frequent kind among those that changed: a lower bound.
   */
  readonly newlyFlagged: number;
  readonly noLongerFlagged: number;
  /** Kinds that changed: `ORU^R01 ssn of patient`, `everything`. */
  readonly changes: readonly { readonly what: string; readonly messages: number; readonly flagged: boolean }[];
}

type Kind = { readonly what: string; readonly messages: number; readonly before: boolean; readonly after: boolean };

/**
 * Judges what flows carried by two registers. `now` in milliseconds since the epoch. Where a permit names paths, which are not stored, it is taken not to cover: unknown is not pass.
 */
export function replay(
  flows: readonly SeenFlow[],
  uses: readonly SeenUse[],
  before: Register,
  after: Register,
  now: number,
): Replayed[] {
  const byFlow = Map.groupBy(uses, (use) => use.key);
  return flows.map((flow) => {
    const was = verdictsOf(flow, before, before, now);
    const becomes = verdictsOf(flow, after, before, now);
    const kinds: Kind[] = (byFlow.get(flow.key) ?? []).map((use) => ({
      what: `${use.type === '' ? 'any' : use.type} ${use.category} of ${use.subject}`,
      messages: use.messages,
      before: was.flags(use),
      after: becomes.flags(use),
    }));
    // A flow that may carry nothing flags messages without a finding too.
    if (was.whole || becomes.whole)
      kinds.unshift({ what: 'everything', messages: flow.messages, before: was.whole, after: becomes.whole });
    const changed = kinds.filter((kind) => kind.before !== kind.after);
    const most = (flagged: boolean): number =>
      Math.max(0, ...changed.flatMap((kind) => (kind.after === flagged ? [kind.messages] : [])));
    const still = Math.max(0, ...kinds.flatMap((kind) => (kind.after ? [kind.messages] : [])));
    const noLonger = was.whole && !becomes.whole ? flow.messages - still : most(false);
    const already = Math.max(0, ...kinds.flatMap((kind) => (kind.before ? [kind.messages] : [])));
    const newly = becomes.whole && !was.whole ? flow.messages - already : most(true);
    return {
      key: flow.key,
      source: flow.source,
      destination: flow.destination,
      messages: flow.messages,
      before: was.name,
      after: becomes.name,
      newlyFlagged: newly,
      noLongerFlagged: noLonger,
      changes: changed.map((kind) => ({ what: kind.what, messages: kind.messages, flagged: kind.after })),
    };
  });
}

interface Verdicts {
  readonly name: string;
  /** The flow may carry nothing. */
  readonly whole: boolean;
  flags(use: SeenUse): boolean;
}

function verdictsOf(flow: SeenFlow, register: Register, stored: Register, now: number): Verdicts {
  const matched = policyOf(flow, register, stored);
  const compiled = matched === null ? undefined : register.flows.get(matched);
  if (compiled === undefined || now < compiled.validFrom) return { name: 'unregistered', whole: true, flags: () => true };
  const lapse = standing(compiled, now);
  const { id } = compiled.policy;
  if (lapse !== null) return { name: `${id} (${lapse.slice('flow.'.length)})`, whole: true, flags: () => true };
  return {
    name: id,
    whole: false,
    flags: (use) => {
      const category: Category | undefined = CATEGORIES.find((each) => each === use.category);
      const subject: Subject | undefined = SUBJECTS.find((each) => each === use.subject);
      if (category === undefined || subject === undefined) return true;
      return contentJudge(compiled, use.type, [], now)({ category, subject, path: null }) !== null;
    },
  };
}

/**
 * The policy that a stored flow has in a register. Its names may lack what the policy matches by (an address), so the one that it was
 * stored with holds while its match is as it was, unless a policy whose match is new takes the flow.
 */
function policyOf(flow: SeenFlow, register: Register, stored: Register): string | null {
  const matched = matchFlow(register, factsOfObserved(flow))?.id ?? null;
  const isUnchanged = (id: string): boolean => {
    const was = stored.flows.get(id)?.policy.match;
    return was !== undefined && JSON.stringify(was) === JSON.stringify(register.flows.get(id)?.policy.match);
  };
  if (flow.policy === null || !isUnchanged(flow.policy)) return matched;
  return matched === null || isUnchanged(matched) ? flow.policy : matched;
}
