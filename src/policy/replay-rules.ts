import type { IncidentCause } from './decision.ts';

/** One judgement of a message, as far as a replay compares it. */
export interface Judgement {
  readonly verdict: string;
  readonly causes: readonly Pick<IncidentCause, 'flow' | 'category' | 'reason' | 'accepted'>[];
  /** Ids of the rules that found something. */
  readonly rules: ReadonlySet<string>;
}

/** What one rule, or one incident, gains and loses. Counts are messages. */
export interface Difference {
  readonly what: string;
  readonly more: number;
  readonly fewer: number;
}

/** What changed rules would make of messages. Counts are messages. */
export interface RulesReplayed {
  readonly messages: number;
  readonly newlyFlagged: number;
  readonly noLongerFlagged: number;
  /** By flow, `content.category ssn`: incidents that would have other messages. */
  readonly incidents: readonly Difference[];
  readonly rules: readonly Difference[];
}

/** Adds up judgements of the same messages under the rules in force and under changed ones. */
export function createRulesReplay(): { add(before: Judgement, after: Judgement): void; result(): RulesReplayed } {
  const incidents = createDifferences();
  const rules = createDifferences();
  let messages = 0;
  let newlyFlagged = 0;
  let noLongerFlagged = 0;
  return {
    add(before, after) {
      messages++;
      const [was, is] = [before, after].map(({ verdict }) => verdict === 'flagged');
      if (is && !was) newlyFlagged++;
      if (was && !is) noLongerFlagged++;
      incidents.add(namesOf(before), namesOf(after));
      rules.add(before.rules, after.rules);
    },
    result: () => ({ messages, newlyFlagged, noLongerFlagged, incidents: incidents.list(), rules: rules.list() }),
  };
}

/** Incidents that somebody would have to look at: accepted risks are none. */
function namesOf({ causes }: Judgement): ReadonlySet<string> {
  const open = causes.filter(({ accepted }) => accepted === undefined);
  return new Set(open.map(({ flow, reason, category }) => `${flow}: ${reason}${category === null ? '' : ` ${category}`}`));
}

function createDifferences() {
  const counts = new Map<string, { more: number; fewer: number }>();
  const countOf = (what: string): { more: number; fewer: number } => {
    const known = counts.get(what) ?? { more: 0, fewer: 0 };
    counts.set(what, known);
    return known;
  };
  return {
    add(before: ReadonlySet<string>, after: ReadonlySet<string>): void {
      for (const what of after) if (!before.has(what)) countOf(what).more++;
      for (const what of before) if (!after.has(what)) countOf(what).fewer++;
    },
    /** The largest first. */
    list: (): readonly Difference[] =>
      [...counts]
        .map(([what, count]) => ({ what, ...count }))
        .sort((a, b) => b.more + b.fewer - a.more - a.fewer || (a.what < b.what ? -1 : 1)),
  };
}
