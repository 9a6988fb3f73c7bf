import type { Parsed, Routing } from '../core/format.ts';
import type { Provenance } from '../core/provenance.ts';
import { PERSON_SUBJECTS, type Reason, type Sensitivity, type Unexamined } from '../core/vocabulary.ts';
import { claimsDeidentified } from '../detect/deidentified.ts';
import { isLone } from '../detect/lone.ts';
import type { Detection, Match } from '../detect/match.ts';
import { type Count, countMatches, PIXEL_DATA, summarize, unreadReasons } from './alone.ts';
import { acceptedCauses, type Causes, exposureOf, gatherCauses, shadow } from './causes.ts';
import { type CompiledFlow, heldDataset } from './content.ts';
import type { Decision, IncidentCause, ObservedFlow } from './decision.ts';
import { contentJudge } from './judge.ts';
import { admitsFailure, readLegClaim } from './leg-claim.ts';
import { observeFlow } from './observe.ts';
import { matchFlow, type Register } from './register.ts';
import { recipientOf, severityOf } from './severity.ts';
import { agreementLack, type EvidenceOutcome, flowKey, type KnownFlows, standing, teaches } from './standing.ts';
import type { Suppression } from './suppression.ts';
import { suspectOf } from './suspect.ts';
import { isOfSomebody } from './unconfirmed.ts';
import { labelsOf, type Units } from './units.ts';

export interface DecideInput {
  readonly parsed: Parsed;
  readonly detection: Detection;
  readonly provenance: Provenance;
  readonly register: Register;
  /** Milliseconds since the epoch: what is valid is judged at this time. */
  readonly now: number;
  /** No format could read it. */
  readonly quarantined: boolean;
  /** Spans of the original that are not in the body. */
  readonly elided?: readonly Unexamined[];
  /** Header to know the flow by where the part has none: envelopes and junk of a batch go with the batch's first message. */
  readonly routing?: Routing;
  /** Judge as this policy, whatever matches (`scan --flow`). Throws RangeError where the register has none of this id. */
  readonly flow?: string;
  /** Names of the cohorts that the message's patients belong to. */
  readonly cohorts?: readonly string[];
  /** What is known of real legs and places. Only `failed` flags a message; what is not proven is one incident of the flow (docs/adr/0008). */
  readonly evidence?: KnownFlows;
  /** Matches that a site's overlays take out of the count, by their index: their causes are accepted risks (docs/adr/0046). */
  readonly suppressed?: ReadonlyMap<number, Suppression>;
}

const NONE_SUPPRESSED: ReadonlyMap<number, Suppression> = new Map();
const NO_UNITS: Units = new Map();

/** What both ways of deciding look at. */
interface Case {
  readonly input: DecideInput;
  readonly observed: ObservedFlow;
  readonly routing: Routing;
  /** What makes the message sensitive. */
  readonly labels: readonly Sensitivity[];
  /** Why bytes were not examined, each reason once. */
  readonly unread: readonly string[];
  /** Indices of the matches that identify a person and count. */
  readonly persons: readonly number[];
  /** Those that are suppressed. */
  readonly quiet: readonly number[];
  readonly suppressed: ReadonlyMap<number, Suppression>;
}

/**
 * Judges one message by the policy of its flow. The decision holds no value of the message but names of systems (`observeFlow`).
 *
 * An unregistered, expired or suspended flow is one incident, which replaces those of its content. On a live one every finding is
 * judged (`contentJudge`), findings of one category in one field group are one incident, and what the flow as a whole lacks
 * (agreement, environment, transport) is one each.
 */
export function decide(input: DecideInput): Decision {
  const { parsed, detection, register, now } = input;
  const routing = input.routing ?? parsed.routing;
  const flow = flowOf(input, routing);
  const { suppressed = NONE_SUPPRESSED } = input;
  const persons = personsIn(detection.matches);
  const one: Case = {
    input,
    routing,
    labels: labelsOf(flow?.units ?? NO_UNITS, parsed, detection.sensitivities),
    observed: observeFlow(
      { provenance: input.provenance, routing },
      flow?.policy ?? null,
      suspectOf(parsed, detection, register.names),
    ),
    unread: unreadReasons(parsed.coverage.unexamined, detection.unexamined, input.elided ?? []),
    persons: suppressed.size === 0 ? persons : persons.filter((index) => !suppressed.has(index)),
    quiet: suppressed.size === 0 ? [] : persons.filter((index) => suppressed.has(index)),
    suppressed,
  };
  const lapse = flow === null ? 'flow.unregistered' : standing(flow, now);
  return flow === null || lapse !== null ? decideWhole(one, flow, lapse ?? 'flow.unregistered') : decideContent(one, flow);
}

/** Id of the policy that a message is judged by; null where it has none. */
export function flowIdOf(input: Omit<DecideInput, 'detection'>): string | null {
  return flowOf(input, input.routing ?? input.parsed.routing)?.policy.id ?? null;
}

/** The policy of the message; one that is not valid yet counts as none. */
function flowOf(input: Omit<DecideInput, 'detection'>, routing: Routing): CompiledFlow | null {
  const { provenance, register, now } = input;
  const id = input.flow ?? matchFlow(register, { provenance, routing })?.id;
  const flow = id === undefined ? undefined : register.flows.get(id);
  if (input.flow !== undefined && flow === undefined) throw new RangeError(`no flow "${input.flow}" in the register`);
  return flow === undefined || now < flow.validFrom ? null : flow;
}

function personsIn(matches: readonly Match[]): number[] {
  const persons: number[] = [];
  for (const [index, match] of matches.entries()) if (PERSON_SUBJECTS.has(match.subject) && !isLone(match)) persons.push(index);
  return persons;
}

/**
 * Whether a message has to be free of identifiers: it says that it was de-identified, or its flow declares the data set `safe-harbor`. What
 * `detect` wants to know before anything is decided. Only DICOM has rules for it.
 */
export function isHeldDeidentified(input: Omit<DecideInput, 'detection'>): boolean {
  const { parsed } = input;
  if (parsed.format !== 'dicom') return false;
  const flow = flowOf(input, input.routing ?? parsed.routing);
  return heldDataset(flow?.policy.basis.dataset ?? 'phi', parsed) === 'safe-harbor';
}

/** Whether the registry learns from a message instead of being asked about it: its flow teaches, and may carry what it carries now. */
export function isTaught(input: Omit<DecideInput, 'detection'>): boolean {
  const flow = flowOf(input, input.routing ?? input.parsed.routing);
  return flow !== null && teaches(flow, input.now);
}

/** The flow may carry nothing: one cause, whatever the message holds. */
function decideWhole({ input, observed, labels, unread, persons }: Case, flow: CompiledFlow | null, reason: Reason): Decision {
  const { detection, quarantined } = input;
  const unreadable = quarantined || unread.some((why) => why !== PIXEL_DATA);
  const reasons: Reason[] = [reason];
  if (unread.some((why) => why !== PIXEL_DATA)) reasons.push('unexamined');
  if (quarantined) reasons.push('quarantined');
  const name = flow?.policy.id ?? observed.key;
  const facts = [
    ...persons.flatMap((index) => detection.matches[index] ?? []),
    ...(unreadable ? [{ category: 'unexamined', severity: 'medium' } as const] : []),
  ];
  // Whatever agreement there is, it is not of a flow that may carry nothing.
  const exposure = exposureOf(facts, 'none', { transit: transitOf(flow, input), labels });
  const cause: IncidentCause = {
    key: flowKey(reason, name),
    reason,
    flow: name,
    category: null,
    group: null,
    severity: severityOf(exposure, 1),
    exposure,
    matches: persons,
  };
  const strangers = new Set(persons);
  return {
    verdict: 'flagged',
    reasons,
    flow: observed,
    ...shadow(flow?.policy ?? null, [cause]),
    sensitivities: labels,
    summary: summarize(detection, (i) => !strangers.has(i)),
  };
}

/** Matches that are judged alike, by their indices. */
interface Kind {
  readonly match: Match;
  readonly matches: number[];
}

/** Matches by address and by what they say, in the order of the first of each: a report repeats one date a hundred times. */
function kindsOf({ leaves }: Parsed, { matches }: Detection): readonly Kind[] {
  const kinds: Kind[] = [];
  const here = new Map<number, Kind[]>();
  matches.forEach((match, index) => {
    const address = leaves.address[match.leaf] ?? -1;
    const known = here.get(address);
    const alike = known?.find((kind) => isAlike(kind.match, match));
    if (alike !== undefined) {
      alike.matches.push(index);
      return;
    }
    const kind: Kind = { match, matches: [index] };
    kinds.push(kind);
    if (known === undefined) here.set(address, [kind]);
    else known.push(kind);
  });
  return kinds;
}

function isAlike(a: Match, b: Match): boolean {
  return a.category === b.category && a.subject === b.subject && a.severity === b.severity && isLone(a) === isLone(b);
}

function decideContent(one: Case, flow: CompiledFlow): Decision {
  const { input, observed, labels, unread, persons, quiet, suppressed } = one;
  const { parsed, detection, now } = input;
  const { policy } = flow;
  const context = {
    policy,
    recipient: recipientOf(policy, now < flow.agreementUntil),
    transit: transitOf(flow, input),
    labels,
    found: detection.matches,
    confirmed: isOfSomebody(persons.flatMap((index) => detection.matches[index] ?? [])),
    claimed: claimsDeidentified(parsed),
  };
  const causes = gatherCauses(context);
  const accepting = gatherCauses(context);
  const dataset = heldDataset(policy.basis.dataset, parsed);
  const judge = contentJudge(flow, parsed.type, labels, now, dataset);
  let passedOver = false;

  const summary: Count[] = [];
  for (const { match, matches } of kindsOf(parsed, detection)) {
    const { path, group } = parsed.leaves.addressOf(match.leaf);
    const told = judge({ category: match.category, subject: match.subject, path });
    // What stands alone is recorded and no incident, unless somebody denied just that, or nothing of anybody may be there.
    const isPassedOver = isLone(match) && told?.denied !== true && dataset !== 'safe-harbor';
    const judgement = isPassedOver ? null : told;
    passedOver ||= isPassedOver;
    const counted = suppressed.size === 0 ? matches : matches.filter((index) => !suppressed.has(index));
    if (counted.length > 0) {
      countMatches(summary, match, judgement === null, counted.length);
      if (judgement !== null) causes.content(judgement, match, group, counted);
    }
    if (counted.length === matches.length) continue;
    const passed = matches.filter((index) => suppressed.has(index));
    countMatches(summary, match, true, passed.length);
    if (judgement !== null) accepting.content(judgement, match, group, passed);
  }
  let accepted = false;
  for (const why of unread) {
    const judgement = judge({ category: 'unexamined', subject: 'unknown', path: why });
    if (judgement === null) accepted = true;
    else if (judgement.denied || why !== PIXEL_DATA) causes.unexamined(why, judgement.denied);
  }

  lacking(causes, one, flow, persons);
  lacking(accepting, one, flow, quiet);
  for (const reason of disproved(flow, input)) causes.whole(reason, persons);
  if (input.quarantined) causes.whole('quarantined', persons);

  const all = causes.list();
  const reasons = [...new Set(all.map((cause) => cause.reason))];
  return {
    verdict: reasons.length > 0 ? 'flagged' : persons.length + quiet.length > 0 || accepted || passedOver ? 'permitted' : 'clean',
    reasons,
    flow: observed,
    ...shadow(policy, suppressed.size === 0 ? all : [...all, ...acceptedCauses(all, accepting.list(), suppressed)]),
    sensitivities: labels,
    summary,
  };
}

/** What the flow as a whole lacks for identifiers of persons to go over it. */
function lacking(causes: Causes, { input, routing }: Case, flow: CompiledFlow, persons: readonly number[]): void {
  if (persons.length === 0) return;
  const { policy } = flow;
  const lack = agreementLack(flow, input.now);
  if (lack !== null) causes.whole(lack, persons);
  // MSH-11 `P`: the sender says that these are real patients.
  const patients = persons.filter((i) => input.detection.matches[i]?.subject === 'patient');
  if (policy.environment === 'test' && routing.processing === 'P' && patients.length > 0)
    causes.whole('environment.test', patients);
  for (const name of input.cohorts ?? []) {
    const action = policy.cohorts[name];
    if (action !== undefined) causes.cohort(name, action, persons);
  }
}

/** What is known of the message's real leg. What it says against its own leg counts before any evidence does. */
function transitOf(flow: CompiledFlow | null, { evidence, provenance }: DecideInput): EvidenceOutcome | null {
  if (admitsFailure(readLegClaim(provenance.claims.leg))) return 'failed';
  return flow === null ? null : (evidence?.get(flow.policy.id)?.transit ?? null);
}

/** What the policy requires and evidence disproves now. */
function disproved(flow: CompiledFlow, input: DecideInput): Reason[] {
  const { policy } = flow;
  const known = input.evidence?.get(policy.id);
  const { transit, mtls, rest } = policy.require;
  const isClear = transitOf(flow, input) === 'failed';
  return [
    ...((transit !== undefined || mtls) && isClear ? (['transport.failed'] as const) : []),
    ...(rest !== undefined && known?.rest === 'failed' ? (['location.unknown'] as const) : []),
  ];
}
