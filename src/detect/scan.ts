import { CharClass, DECODED, type Parsed } from '../core/format.ts';
import { PERSON_SUBJECTS, type Severity } from '../core/vocabulary.ts';
import { findBesideAddresses } from './address-beside.ts';
import { claim } from './claims.ts';
import { voteColumns } from './column-votes.ts';
import type { Ruleset } from './compile.ts';
import { claimsDeidentified } from './deidentified.ts';
import { findEchoes } from './echo.ts';
import { CLASSES, NONE } from './eligible.ts';
import { sensitivitiesOf } from './labels.ts';
import { markLone } from './lone.ts';
import type { Detection, Match } from './match.ts';
import { newNames } from './names/names-read.ts';
import { recallNames } from './names-rule.ts';
import { resolveOverlaps } from './overlap.ts';
import { runPatterns } from './patterns.ts';
import { isProse, readProse } from './prose.ts';
import type { Scan } from './scan-state.ts';

/**
 * Steps a message may cost: a step is one character looked at by one pattern, by the keyword automaton or by the search for echoes. Work
 * is counted and not timed, so that the same message always ends the same way. 400 million are a few seconds; a message at the
 * usual limit of 64 MiB stays within unless most patterns have to run over all of it.
 */
export const DEFAULT_BUDGET = 400_000_000;

/** Steps for looking at siblings, some ten for each leaf of the largest messages. */
const WALKS = 100_000_000;

/** Making a typed array costs as much as scanning some leaves, so one serves every message of ordinary size. */
const scratch = new Int32Array(4096);

function claimsOf(leaves: number): Int32Array {
  return leaves <= scratch.length ? scratch.fill(0, 0, leaves) : new Int32Array(leaves);
}

const RAISED: Readonly<Record<Severity, Severity>> = { low: 'medium', medium: 'high', high: 'critical', critical: 'critical' };

/** What identifies a person weighs more where nothing of the kind may be left; rules for just that say how much themselves. */
function raise(match: Match, ruleset: Ruleset): Match {
  if (!PERSON_SUBJECTS.has(match.subject) || ruleset.strict.has(match.pack)) return match;
  return { ...match, severity: RAISED[match.severity] };
}

/**
 * Finds what the rules find in one message, in one pass over its leaves: claims by place, then patterns in what is text; then the
 * message's own values repeated elsewhere. Pure; never throws for what a message holds. What was not read for want of budget is in
 * `unexamined`.
 *
 * `deidentified`: the message has to be free of identifiers, because it says so or because its flow does (data set `safe-harbor`).
 */
export function detect(
  parsed: Parsed,
  ruleset: Ruleset,
  budget: number = DEFAULT_BUDGET,
  deidentified: boolean = claimsDeidentified(parsed),
): Detection {
  const { leaves } = parsed;
  const scan: Scan = {
    parsed,
    ruleset,
    matches: [],
    unexamined: [],
    claimed: claimsOf(leaves.count),
    hits: ruleset.hits,
    deidentified,
    elements: new Map(),
    sibling: { leaf: -1, at: '', found: -1 },
    relatives: { leaf: -1, at: '', values: [] },
    names: newNames(),
    walks: { budget: WALKS },
    creators: null,
    labels: 0,
    day: null,
    decoded: 0,
    budget,
  };
  const { count, address, classes } = leaves;
  const { plans } = ruleset;
  let decoded = 0;
  for (let leaf = 0; leaf < count; leaf++) {
    const plan = plans[address[leaf] ?? -1] ?? ruleset.forAddress(leaves.addressOf(leaf));
    const mask = classes[leaf] ?? 0;
    decoded |= mask;
    if (plan.claimed) claim(scan, plan, leaf);
    if ((mask & CharClass.sealed) !== 0) continue;
    if ((mask & CharClass.space) !== 0 && plan.mayBeProse && scan.claimed[leaf] === 0 && isProse(leaves, leaf))
      readProse(scan, plan, leaf);
    // Nine leaves in ten end here. What an encoded document says are leaves of their own.
    else if (plan.patterns.table[mask & CLASSES] !== NONE) runPatterns(scan, plan, leaf);
  }
  recallNames(scan);
  scan.decoded = decoded & DECODED;
  findBesideAddresses(scan);
  findEchoes(scan);
  voteColumns(scan);
  const matches = markLone(parsed, resolveOverlaps(scan.matches, ruleset.alone), ruleset.alone);
  return {
    matches: deidentified ? matches.map((match) => raise(match, ruleset)) : matches,
    sensitivities: sensitivitiesOf(scan.labels),
    unexamined: scan.unexamined,
  };
}
