import type { KeyObject } from 'node:crypto';
import type { Body, Identity, Parsed, Routing } from '../src/core/format.ts';
import type { Provenance } from '../src/core/provenance.ts';
import type { Tokenizer } from '../src/core/token.ts';
import { tokenKindOf } from '../src/core/token.ts';
import type { Finding, MessageId, Reason, Unexamined, Verdict } from '../src/core/vocabulary.ts';
import { VERDICTS } from '../src/core/vocabulary.ts';
import type { Ruleset } from '../src/detect/compile.ts';
import { toFinding } from '../src/detect/describe.ts';
import type { Detection } from '../src/detect/match.ts';
import { DEFAULT_BUDGET, detect } from '../src/detect/scan.ts';
import { parseBody } from '../src/formats/registry.ts';
import { deviceIdsOf } from '../src/ledger/devices/gather.ts';
import type { ScanRow } from '../src/ledger/ledger.ts';
import { deviceSightings } from '../src/lineage/devices/sightings.ts';
import { identities } from '../src/lineage/persons.ts';
import { type Sighted, sightings } from '../src/lineage/sightings.ts';
import { joinCauses } from '../src/policy/causes.ts';
import { type DecideInput, decide, flowIdOf, isHeldDeidentified, isTaught } from '../src/policy/decide.ts';
import type { Decision, IncidentCause } from '../src/policy/decision.ts';
import { legClaimEvidence, readLegClaim } from '../src/policy/leg-claim.ts';
import type { Register } from '../src/policy/register.ts';
import { type KnownFlows, teaches } from '../src/policy/standing.ts';
import { cohortsIn, lookUp, type RegistryView } from '../src/registry/lookup.ts';
import { type Tuned, tune } from '../src/tuning/apply.ts';
import type { SiteTuning } from '../src/tuning/site.ts';

/** Findings of one content incident that one message adds. */
const KEPT_OF_CONTENT = 8;

/** What a judge judges by. */
export interface JudgeContext {
  readonly ruleset: Ruleset;
  readonly register: Register;
  readonly tokenizer: Tokenizer;
  /** Keys the fingerprints of lineage; without it there is none. */
  readonly digestKey?: KeyObject;
  /** What is known of the real legs and places of flows. */
  readonly evidence?: KnownFlows;
  /** Milliseconds that the body of a flagged message stays. */
  readonly retention: number;
  /** Whose identifiers are known; without it none are looked up. */
  readonly registry?: RegistryView;
  /** What the site's overlays change; without it nothing is. */
  readonly tuning?: SiteTuning;
}

export interface Judged {
  readonly id: MessageId;
  readonly body: Body;
  readonly provenance: Provenance;
  readonly quarantined: boolean;
}

/** One part of a body with what was found in it and decided of it. */
interface Part {
  readonly parsed: Parsed;
  readonly detection: Detection;
  readonly decision: Decision;
}

/**
 * parse → detect → decide, and the row that the ledger saves. Pure: the same body, rules and flows give the same row but for
 * `scannedAt`. A body may hold several messages (a batch) and junk between them: each is judged by its own header, the row holds
 * the worst verdict and every cause.
 */
export function judge(message: Judged, context: JudgeContext, now: number): ScanRow {
  const bodies = parseBody(message.body);
  // Envelopes and junk have no header of their own: they went the way of the batch's first message.
  const first = bodies.find(({ format }) => format !== 'raw')?.routing;
  const parts = bodies.map((parsed) =>
    judgePart(parsed, parsed.format === 'raw' ? first : parsed.routing, message, context, now),
  );
  const lead = parts.find((part) => part.parsed.format !== 'raw') ?? parts[0];
  // What was left out of the body counts in the coverage of its last part.
  const skipped = parts.flatMap((part) => part.detection.unexamined);
  const unexamined = [...parts.flatMap((part) => part.parsed.coverage.unexamined), ...skipped];
  const { decision, findings } = merge(parts, lead, context.tokenizer);
  const devices = deviceSightings(parts, message.provenance);
  return {
    id: message.id,
    scannedAt: now,
    format: lead?.parsed.format ?? 'raw',
    type: lead?.parsed.type ?? '',
    examined: parts.reduce((sum, part) => sum + part.parsed.coverage.examined, 0) - sizeOf(skipped),
    unexamined,
    problems: parts.flatMap((part) => part.parsed.problems),
    verdict: decision.verdict,
    reasons: decision.reasons,
    decision,
    findings,
    patients: [
      ...new Set(
        parts.flatMap(({ parsed }) => identities(parsed.identity).flatMap((one) => patientTokens(one, context.tokenizer))),
      ),
    ],
    ruleset: context.tuning?.digest ?? context.ruleset.digest,
    keepBodyUntil: decision.verdict === 'flagged' ? now + context.retention : null,
    devices,
    deviceIds: deviceIdsOf(devices),
    ...claimOf(decision, message.provenance),
    ...lineageOf({ parts: bodies, provenance: message.provenance, decision, findings }, context, now),
  };
}

/** Where the body went and whose it is. */
function lineageOf(
  seen: Pick<Sighted, 'parts' | 'provenance' | 'decision' | 'findings'>,
  { digestKey, evidence, register, tokenizer }: JudgeContext,
  now: number,
): Pick<ScanRow, 'lineage'> {
  if (digestKey === undefined) return {};
  const { policy: id } = seen.decision.flow;
  const flow = id === null ? undefined : register.flows.get(id);
  const policy = flow?.policy ?? null;
  const transit = id === null ? null : (evidence?.get(id)?.transit ?? null);
  return {
    lineage: sightings({ ...seen, policy, teaches: flow !== undefined && teaches(flow, now), transit, tokenizer, digestKey }),
  };
}

/** What the engine says of the leg, where a policy knows the flow. */
function claimOf({ flow }: Decision, { claims, receivedAt }: Provenance): Pick<ScanRow, 'claim'> {
  const claim = flow.policy === null ? null : readLegClaim(claims.leg);
  return claim === null || flow.policy === null ? {} : { claim: legClaimEvidence(flow.policy, claim, receivedAt) };
}

function judgePart(parsed: Parsed, routing: Routing | undefined, message: Judged, context: JudgeContext, now: number): Part {
  const input = {
    parsed,
    provenance: message.provenance,
    register: context.register,
    now,
    quarantined: message.quarantined,
    elided: message.body.elided,
    ...(context.evidence === undefined ? {} : { evidence: context.evidence }),
    ...(routing === undefined ? {} : { routing }),
  };
  const found = detect(parsed, context.ruleset, DEFAULT_BUDGET, isHeldDeidentified(input));
  const { registry } = context;
  if (registry === undefined) return { parsed, ...decideTuned(input, found, context) };
  const known = isTaught(input) ? found : lookUp(parsed, found, context.ruleset, registry);
  return { parsed, ...decideTuned({ ...input, cohorts: cohortsIn(parsed, registry) }, known, context) };
}

/** Decides under the site's overlays, where it has any. */
function decideTuned(
  input: Omit<DecideInput, 'detection'>,
  found: Detection,
  { tuning: site }: JudgeContext,
): Pick<Part, 'detection' | 'decision'> {
  if (site === undefined) return { detection: found, decision: decide({ ...input, detection: found }) };
  const { tuning, tokenizers } = site;
  const { parsed, now } = input;
  const tuned: Tuned = tune(tuning, found, { parsed, flow: flowIdOf(input), now, tokenizers });
  return { detection: tuned.detection, decision: decide({ ...input, ...tuned }) };
}

/** One decision for the body. Causes of equal key become one; their match numbers become numbers of the row's findings. */
function merge(
  parts: readonly Part[],
  lead: Part | undefined,
  tokenizer: Tokenizer,
): { decision: Decision; findings: Finding[] } {
  const findings: Finding[] = [];
  const causes = new Map<string, IncidentCause>();
  const shadowed = new Map<string, IncidentCause>();
  for (const part of parts) {
    const numbers = new Map<number, number>();
    const numberOf = (index: number): number[] => {
      const known = numbers.get(index);
      if (known !== undefined) return [known];
      const match = part.detection.matches[index];
      if (match === undefined) return [];
      numbers.set(index, findings.length);
      findings.push(toFinding(part.parsed, match, tokenizer));
      return [findings.length - 1];
    };
    const keep = (cause: IncidentCause): number[] => telling(cause, part).flatMap(numberOf);
    collect(causes, part.decision.causes, keep);
    collect(shadowed, part.decision.shadowed, keep);
  }
  if (lead === undefined) throw new RangeError('a body gives at least one part');
  return {
    findings,
    decision: {
      verdict: worst(parts.map((part) => part.decision.verdict)),
      reasons: [...new Set(parts.flatMap((part): readonly Reason[] => part.decision.reasons))],
      flow: lead.decision.flow,
      causes: [...causes.values()],
      shadowed: [...shadowed.values()],
      sensitivities: [...new Set(parts.flatMap((part) => part.decision.sensitivities))],
      summary: parts.flatMap((part) => part.decision.summary),
    },
  };
}

function collect(
  into: Map<string, IncidentCause>,
  causes: readonly IncidentCause[],
  keep: (cause: IncidentCause) => number[],
): void {
  for (const cause of causes) {
    const next = { ...cause, matches: keep(cause) };
    const earlier = into.get(cause.key);
    into.set(cause.key, earlier === undefined ? next : joinCauses(earlier, next));
  }
}

/**
 * The matches of a cause that are kept as findings; the summary counts them all. Of what is wrong with a flow as a whole, one of each
 * category and subject in a field group says what went over it; of content, the first few: a report of forty results repeats its dates
 * a hundred times, and a row for each was measured to take nine tenths of the writer's time (docs/performance.md).
 */
function telling({ category, matches }: IncidentCause, { parsed, detection }: Part): readonly number[] {
  if (category !== null) return matches.slice(0, KEPT_OF_CONTENT);
  const seen = new Set<string>();
  return matches.filter((index) => {
    const match = detection.matches[index];
    if (match === undefined) return false;
    const kind = `${match.category}|${match.subject}|${parsed.leaves.addressOf(match.leaf).group}`;
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  });
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS[Math.max(0, ...verdicts.map((verdict) => VERDICTS.indexOf(verdict)))] ?? 'flagged';
}

function sizeOf(spans: readonly Unexamined[]): number {
  return spans.reduce((sum, span) => sum + span.end - span.start, 0);
}

/** How distinct patients are counted without knowing them: the record number's token, or that of name and birth date together. */
function patientTokens(identity: Identity, tokenizer: Tokenizer): string[] {
  const own = identity.values.filter((value) => value.subject === 'patient');
  const record = own.find((value) => value.category === 'mrn');
  if (record !== undefined) return [tokenizer(tokenKindOf('mrn'), record.parts.join(''))];
  const name = own.find((value) => value.kind === 'name');
  if (name === undefined) return [];
  const born = own.find((value) => value.kind === 'date');
  return [tokenizer('name', [...name.parts, ...(born?.parts ?? [])].join(' '))];
}
