import type { Reason, Sensitivity, Severity } from '../core/vocabulary.ts';
import type { Match } from '../detect/match.ts';
import type { Decision, IncidentCause } from './decision.ts';
import type { FlowPolicy } from './flow.ts';
import type { Judgement } from './judge.ts';
import { severityOf, worse } from './severity.ts';
import { flowKey } from './standing.ts';

/** Severity of causes that concern the flow as a whole. */
const WHOLE: Partial<Record<Reason, Severity>> = {
  'environment.test': 'high',
  'agreement.missing': 'high',
  'agreement.expired': 'high',
  'transport.failed': 'high',
  'location.unknown': 'high',
  quarantined: 'medium',
};

export interface Causes {
  /** Findings that may not pass, all like the first of them. */
  content(judgement: NonNullable<Judgement>, match: Match, group: string, matches: readonly number[]): void;
  /** Something that the flow lacks: one cause for the flow. `detail` tells causes of one reason apart. */
  whole(reason: Reason, matches: readonly number[]): void;
  /** Patients of a cohort whose messages are denied or reviewed. */
  cohort(name: string, action: 'deny' | 'review', matches: readonly number[]): void;
  /** Bytes that nobody read, by why not. */
  unexamined(reason: string, denied: boolean): void;
  list(): readonly IncidentCause[];
}

/** Gathers what is wrong with a message under a policy, each cause once. `claimed`: it says that it was de-identified. */
export function gatherCauses(policy: FlowPolicy, labels: readonly Sensitivity[], claimed = false): Causes {
  const causes = new Map<string, { cause: Omit<IncidentCause, 'matches'>; matches: number[] }>();
  const { entity } = policy.destination;
  const sensitive = labels.length > 0;
  const add = ({ matches, ...rest }: Omit<IncidentCause, 'flow'>): void => {
    const earlier = causes.get(rest.key);
    if (earlier === undefined) {
      causes.set(rest.key, { cause: { ...rest, flow: policy.id }, matches: [...matches] });
      return;
    }
    for (const match of matches) earlier.matches.push(match);
    earlier.cause = { ...earlier.cause, severity: worse(rest.severity, earlier.cause.severity) };
  };
  return {
    content: ({ reason, denied }, match, group, matches) => {
      const severity = severityOf(match, { entity, denied, sensitive, claimed });
      if (reason === 'content.sensitivity') {
        const which = [...labels].sort((a, b) => (a < b ? -1 : 1)).join('+');
        add({ key: flowKey(reason, policy.id, which), reason, category: null, group: which, severity, matches });
        return;
      }
      const { category } = match;
      add({ key: `content|${policy.id}|${category}|${group}`, reason, category, group, severity, matches });
    },
    whole: (reason, matches) => {
      add({ key: flowKey(reason, policy.id), reason, category: null, group: null, severity: WHOLE[reason] ?? 'medium', matches });
    },
    cohort: (name, action, matches) => {
      const key = `cohort|${policy.id}|${name}`;
      add({
        key,
        reason: 'content.subject',
        category: null,
        group: name,
        severity: action === 'deny' ? 'high' : 'medium',
        matches,
      });
    },
    unexamined: (why, denied) => {
      const severity = severityOf({ category: 'unexamined', severity: 'medium' }, { entity, denied, sensitive });
      add({
        key: flowKey('unexamined', policy.id, why),
        reason: 'unexamined',
        category: 'unexamined',
        group: why,
        severity,
        matches: [],
      });
    },
    list: () => [...causes.values()].map(({ cause, matches }) => ({ ...cause, matches: matches.sort((a, b) => a - b) })),
  };
}

/** A flow in shadow opens nothing below critical; what it would have opened is counted. */
export function shadow(policy: FlowPolicy | null, causes: readonly IncidentCause[]): Pick<Decision, 'causes' | 'shadowed'> {
  if (policy?.status !== 'shadow') return { causes, shadowed: [] };
  const opens = (cause: IncidentCause): boolean => cause.severity === 'critical';
  return { causes: causes.filter(opens), shadowed: causes.filter((cause) => !opens(cause)) };
}
