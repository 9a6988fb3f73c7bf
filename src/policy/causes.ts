import type { Reason, Sensitivity, Severity } from '../core/vocabulary.ts';
import type { Match } from '../detect/match.ts';
import type { Decision, IncidentCause } from './decision.ts';
import type { FlowPolicy } from './flow.ts';
import type { Judgement } from './judge.ts';
import { addExposure, dataOf, type Exposure, type Recipient, severityOf, unconfirmedSeverity, worse } from './severity.ts';
import { type EvidenceOutcome, flowKey } from './standing.ts';
import { acceptanceOf, addAcceptance, type Suppression } from './suppression.ts';
import { isByWordsAlone } from './unconfirmed.ts';
import { told } from './units.ts';

/** Severity of causes that concern the flow as a whole, where no identifier says what was exposed. */
const WHOLE: Partial<Record<Reason, Severity>> = {
  'environment.test': 'high',
  'agreement.missing': 'high',
  'agreement.expired': 'high',
  'transport.failed': 'high',
  'location.unknown': 'high',
  quarantined: 'medium',
};

/** What the history of an incident says where the registry knows whose identifiers it is about. */
const OF_A_PATIENT = 'it belongs to a real patient: the registry knows it from a flow that teaches';

/** The identifiers that a cause is about, as far as its severity asks. */
type Facts = readonly Pick<Match, 'category' | 'severity'>[];

export interface Causes {
  /** Findings that may not pass, all like the first of them. */
  content(judgement: NonNullable<Judgement>, match: Match, group: string, matches: readonly number[]): void;
  /** Something that the flow lacks: one cause for the flow, with the persons' identifiers that it is about. */
  whole(reason: Reason, matches: readonly number[]): void;
  /** Patients of a cohort whose messages are denied or reviewed. */
  cohort(name: string, action: 'deny' | 'review', matches: readonly number[]): void;
  /** Bytes that nobody read, by why not. */
  unexamined(reason: string, denied: boolean): void;
  list(): readonly IncidentCause[];
}

/** What all causes of a message under one policy share. */
export interface CauseContext {
  readonly policy: FlowPolicy;
  /** What binds the recipient. */
  readonly recipient: Recipient;
  /** What is known of the real leg. */
  readonly transit: EvidenceOutcome | null;
  readonly labels: readonly Sensitivity[];
  /** What was found, for causes that name findings by their index. */
  readonly found: readonly Match[];
  /** The message is about somebody beyond doubt (unconfirmed.ts). */
  readonly confirmed: boolean;
  /** The message says that it was de-identified: who trusts that passes it on to whom it likes, so no agreement binds who has it. */
  readonly claimed: boolean;
}

/** Gathers what is wrong with a message under a policy, each cause once. */
export function gatherCauses(context: CauseContext): Causes {
  const { policy, labels, found } = context;
  const causes = new Map<string, { cause: Omit<IncidentCause, 'matches'>; matches: number[] }>();
  const add = ({ matches, ...rest }: Omit<IncidentCause, 'flow'>): void => {
    const cause = { ...rest, flow: policy.id };
    const earlier = causes.get(rest.key);
    if (earlier === undefined) {
      causes.set(rest.key, { cause, matches: [...matches] });
      return;
    }
    for (const match of matches) earlier.matches.push(match);
    earlier.cause = addCause(earlier.cause, cause);
  };
  /** Severity and exposure of some identifiers; what nobody may have, no agreement covers. */
  const exposing = (facts: Facts, isDenied: boolean) => {
    const exposure = exposureOf(facts, isDenied || context.claimed ? 'none' : context.recipient, context);
    return { severity: severityOf(exposure, 1), exposure };
  };
  const foundAt = (matches: readonly number[]) => matches.flatMap((index) => found[index] ?? []);
  return {
    content: ({ reason, denied }, match, group, matches) => {
      const exposed = exposing([match], denied);
      if (reason === 'content.sensitivity') {
        const which = [...labels].sort((a, b) => (a < b ? -1 : 1)).join('+');
        add({ key: flowKey(reason, policy.id, which), reason, category: null, group: which, matches, ...exposed });
        return;
      }
      const { category } = match;
      const known = matches.some((index) => found[index]?.registry === 'patient') ? { note: OF_A_PATIENT } : {};
      const cause = { key: `content|${policy.id}|${category}|${group}`, reason, category, group, matches, ...exposed, ...known };
      const doubted = !context.confirmed && foundAt(matches).every(isByWordsAlone);
      add(doubted ? { ...cause, severity: unconfirmedSeverity(exposed.exposure, 1), unconfirmed: true } : cause);
    },
    whole: (reason, matches) => {
      const facts = foundAt(matches);
      const severity = WHOLE[reason] ?? 'medium';
      const exposed = facts.length === 0 ? { severity } : exposing(facts, reason.startsWith('agreement.'));
      add({ key: flowKey(reason, policy.id), reason, category: null, group: null, matches, ...exposed });
    },
    cohort: (name, action, matches) => {
      const key = `cohort|${policy.id}|${name}`;
      const exposed = action === 'deny' ? exposing(foundAt(matches), true) : { severity: 'medium' as const };
      add({ key, reason: 'content.subject', category: null, group: name, matches, ...exposed });
    },
    unexamined: (why, denied) => {
      const exposed = exposing([{ category: 'unexamined', severity: 'medium' }], denied);
      add({
        key: flowKey('unexamined', policy.id, why),
        reason: 'unexamined',
        category: 'unexamined',
        group: why,
        matches: [],
        ...exposed,
      });
    },
    list: () => [...causes.values()].map(({ cause, matches }) => ({ ...cause, matches: matches.sort((a, b) => a - b) })),
  };
}

/** What identifiers of persons, all received by one recipient over one leg, expose. */
export function exposureOf(
  facts: Facts,
  recipient: Recipient,
  { transit, labels }: Pick<CauseContext, 'transit' | 'labels'>,
): Exposure {
  return facts
    .map((fact): Exposure => ({ recipient, data: dataOf(fact, told(labels).length > 0), categories: [fact.category], transit }))
    .reduce(addExposure, { recipient, data: 'limited', categories: [], transit });
}

/** Two causes of one key: the worse of both; what confirms one confirms both. */
export function addCause<Cause extends Pick<IncidentCause, 'severity' | 'exposure' | 'unconfirmed'>>(
  one: Cause,
  other: Cause,
): Cause {
  const joined = {
    ...one,
    severity: worse(one.severity, other.severity),
    unconfirmed: one.unconfirmed === true && other.unconfirmed === true,
  };
  if (one.exposure === undefined || other.exposure === undefined) {
    const exposure = one.exposure ?? other.exposure;
    return exposure === undefined ? joined : { ...joined, exposure };
  }
  return { ...joined, exposure: addExposure(one.exposure, other.exposure) };
}

/** The causes of suppressed matches, as accepted risks; where a cause has other matches too, only these count. */
export function acceptedCauses(
  counted: readonly IncidentCause[],
  causes: readonly IncidentCause[],
  suppressed: ReadonlyMap<number, Suppression>,
): readonly IncidentCause[] {
  const keys = new Set(counted.map(({ key }) => key));
  return causes.flatMap((cause) => {
    const accepted = acceptanceOf(cause.matches.flatMap((index) => suppressed.get(index) ?? []));
    return accepted === undefined || keys.has(cause.key) ? [] : [{ ...cause, accepted }];
  });
}

/** Two causes of one key, one beside the other in a body: what is accepted gives way to what is not. */
export function joinCauses(one: IncidentCause, other: IncidentCause): IncidentCause {
  if (one.accepted === undefined && other.accepted !== undefined) return one;
  if (one.accepted !== undefined && other.accepted === undefined) return other;
  const matches = [...one.matches, ...other.matches];
  const joined = { ...addCause(one, other), matches };
  return one.accepted === undefined || other.accepted === undefined
    ? joined
    : { ...joined, accepted: addAcceptance(one.accepted, other.accepted) };
}

/** A flow in shadow opens nothing below critical; what it would have opened is counted. */
export function shadow(policy: FlowPolicy | null, causes: readonly IncidentCause[]): Pick<Decision, 'causes' | 'shadowed'> {
  if (policy?.status !== 'shadow') return { causes, shadowed: [] };
  const opens = (cause: IncidentCause): boolean => cause.severity === 'critical';
  return { causes: causes.filter(opens), shadowed: causes.filter((cause) => !opens(cause)) };
}
