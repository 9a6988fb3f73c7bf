import type { Category, Finding, Reason, Verdict } from '../core/vocabulary.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { KINDS, type Kind } from './draft.ts';
import type { Hospital } from './hospital.ts';
import type { Cause, Plant } from './message.ts';

/** What Cordon made of one message. */
export interface FoundMessage {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  /** Those that are kept: of flagged messages. */
  readonly findings: readonly Pick<Finding, 'category' | 'path'>[];
}

export type FoundIncident = Pick<IncidentRow, 'reason' | 'flow' | 'destination' | 'category' | 'group'>;

export interface Found {
  /** By the id that labels use; a message that is not there was not judged. */
  readonly messages: ReadonlyMap<string, FoundMessage>;
  readonly incidents: readonly FoundIncident[];
}

/** Why a planted leak does not count as found: no such verdict, no finding at the place, or no incident. */
export interface Miss {
  readonly plant: Plant;
  readonly lacks: 'not judged' | 'not flagged' | 'reason' | 'finding' | 'incident';
}

export interface FalseAlarm {
  /** Id of the message; null for an incident that no planted leak explains. */
  readonly message: string | null;
  readonly flow: string;
  readonly reasons: readonly Reason[];
  readonly category: Category | null;
  /** Field group of an incident, places of a message's findings (`name PID-5.1`); never a value. */
  readonly places: readonly string[];
}

export interface Comparison {
  readonly kinds: readonly { readonly kind: Kind; readonly planted: number; readonly found: number }[];
  readonly missing: readonly Miss[];
  readonly falseAlarms: readonly FalseAlarm[];
  readonly counts: Readonly<Record<Verdict | 'unjudged', number>>;
}

/**
 * Planted against found. A leak is found when its message is flagged for the expected reason, with a finding of the expected
 * category at (or under) the expected path, and the incident is there. A flagged message that nothing was planted in is a false
 * alarm, and so is an incident that no planted leak explains.
 */
export function compare(hospital: Hospital, found: Found): Comparison {
  const { messages, plants } = hospital;
  const missing: Miss[] = [];
  for (const plant of plants) {
    const lacks = lackOf(plant, found);
    if (lacks !== null) missing.push({ plant, lacks });
  }
  const missed = new Set(missing.map(({ plant }) => plant));
  return {
    kinds: KINDS.map((kind) => {
      const ofKind = plants.filter((plant) => plant.kind === kind);
      return { kind, planted: ofKind.length, found: ofKind.filter((plant) => !missed.has(plant)).length };
    }),
    missing,
    falseAlarms: [...falselyFlagged(hospital, found), ...unexplained(plants, found)],
    counts: countVerdicts(messages, found),
  };
}

function lackOf(plant: Plant, found: Found): Miss['lacks'] | null {
  const { message, expect, causes } = plant;
  if (message !== null) {
    const judged = found.messages.get(message);
    if (judged === undefined) return 'not judged';
    if (judged.verdict !== 'flagged') return 'not flagged';
    if (!judged.reasons.includes(expect.incident)) return 'reason';
    if (expect.category !== null && !judged.findings.some((finding) => isExpected(finding, expect))) return 'finding';
  }
  const [first] = causes;
  return first !== undefined && found.incidents.some((incident) => explains(first, incident)) ? null : 'incident';
}

function isExpected(finding: FoundMessage['findings'][number], expect: Plant['expect']): boolean {
  const { category, path } = expect;
  return finding.category === category && (path === null || finding.path === path || finding.path.startsWith(`${path}.`));
}

function explains(cause: Cause, incident: FoundIncident): boolean {
  if (cause.reason !== incident.reason) return false;
  if (cause.flow === null ? !incident.destination.startsWith(cause.destination) : cause.flow !== incident.flow) return false;
  // What a flow as a whole does wrong has neither category nor group, and an unregistered one is one incident whatever it holds.
  return cause.category === null || (cause.category === incident.category && cause.group === incident.group);
}

function falselyFlagged({ messages, plants }: Hospital, found: Found): FalseAlarm[] {
  const planted = new Set(plants.map(({ message }) => message));
  return messages.flatMap(({ id, flow }) => {
    const judged = found.messages.get(id);
    if (judged?.verdict !== 'flagged' || planted.has(id)) return [];
    const places = judged.findings.map(({ category, path }) => `${category} ${path}`);
    return [{ message: id, flow, reasons: judged.reasons, category: null, places }];
  });
}

function unexplained(plants: readonly Plant[], found: Found): FalseAlarm[] {
  const causes = plants.flatMap((plant) => plant.causes);
  return found.incidents
    .filter((incident) => !causes.some((cause) => explains(cause, incident)))
    .map(({ reason, flow, category, group }) => ({
      message: null,
      flow,
      reasons: [reason],
      category,
      places: group === null ? [] : [group],
    }));
}

function countVerdicts(messages: Hospital['messages'], found: Found): Comparison['counts'] {
  const counts = { clean: 0, permitted: 0, flagged: 0, unjudged: 0 };
  for (const { id } of messages) counts[found.messages.get(id)?.verdict ?? 'unjudged']++;
  return counts;
}

const TITLES: Readonly<Record<Kind, string>> = {
  'name-in-note': 'patient name in a note to a vendor',
  'ssn-in-z-segment': 'SSN in a Z segment',
  'birth-date-in-obr': 'birth date in OBR',
  'pump-with-patient': 'pump that names its patient',
  'unregistered-flow': 'message of a flow nobody registered',
  'silent-feed': 'feed that fell silent',
  'production-on-test': 'production message on a test flow',
  'text-after-pixels': "patient's name after the pixel data",
  'name-in-private-element': 'name in a private element of a de-identified object',
  'birth-date-in-uid': 'birth date in a UID of a de-identified object',
};

/** How many of a list the report prints before it only counts. */
const SHOWN = 10;

/** The comparison as lines for a terminal: a table, then what is missing and what is too much. No value of any message. */
export function formatReport(comparison: Comparison): string {
  const { kinds, missing, falseAlarms, counts } = comparison;
  const total = kinds.reduce((sum, { planted }) => sum + planted, 0);
  const found = kinds.reduce((sum, each) => sum + each.found, 0);
  const width = Math.max(...KINDS.map((kind) => TITLES[kind].length));
  const row = (title: string, planted: string | number, seen: string | number): string =>
    `  ${title.padEnd(width)}  ${String(planted).padStart(7)}  ${String(seen).padStart(5)}`;
  return [
    row('planted leak', 'planted', 'found'),
    ...kinds.map((each) => row(TITLES[each.kind], each.planted, each.found)),
    row('all', total, found),
    '',
    `  ${counts.clean} clean, ${counts.permitted} permitted, ${counts.flagged} flagged${counts.unjudged > 0 ? `, ${counts.unjudged} not judged` : ''}`,
    `  missing: ${missing.length === 0 ? 'none' : missing.length}`,
    ...some(missing.map(describeMiss)),
    `  false alarms: ${falseAlarms.length === 0 ? 'none' : falseAlarms.length}`,
    ...some(falseAlarms.map(describeAlarm)),
  ].join('\n');
}

function some(lines: readonly string[]): string[] {
  const rest = lines.length - SHOWN;
  return [...lines.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].map((line) => `    ${line}`);
}

function describeMiss({ plant, lacks }: Miss): string {
  const { kind, message, flow, expect } = plant;
  return `${kind} in ${message ?? flow} (${flow}): ${lacks}, expected ${expect.incident}${expect.path === null ? '' : ` at ${expect.path}`}`;
}

function describeAlarm({ message, flow, reasons, category, places }: FalseAlarm): string {
  const what = message === null ? 'incident' : `message ${message}`;
  const where = [category, ...places].filter((each) => each !== null).join(', ');
  return `${what} on ${flow}: ${reasons.join(', ')}${where === '' ? '' : ` (${where})`}`;
}
