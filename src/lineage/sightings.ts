import type { KeyObject } from 'node:crypto';
import type { Parsed } from '../core/format.ts';
import type { Provenance } from '../core/provenance.ts';
import type { Tokenizer } from '../core/token.ts';
import { CATEGORIES, type Finding, PERSON_SUBJECTS, SUBJECTS } from '../core/vocabulary.ts';
import type { Decision } from '../policy/decision.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { admitsFailure, readLegClaim } from '../policy/leg-claim.ts';
import type { EvidenceOutcome } from '../policy/standing.ts';
import { fingerprints } from './fingerprints.ts';
import { hopOf } from './hop.ts';
import { maskOf } from './masks.ts';
import { foundTokens, listedPerson } from './people.ts';
import { identities } from './persons.ts';
import type { LineageRow, Transit } from './row.ts';

/** Fingerprints of one body: a batch may hold many messages. */
const PRINTS = 96;

/** One message as scanning left it, and by what it is told from others. */
export interface Sighted {
  readonly parts: readonly Parsed[];
  readonly provenance: Provenance;
  readonly decision: Decision;
  readonly findings: readonly Finding[];
  /** The policy that the flow is registered under; null where none is. */
  readonly policy: FlowPolicy | null;
  /** Whether the registry learns whose it is from it: its flow teaches, and may carry what it carries now. */
  readonly teaches: boolean;
  /** What is known of the real leg; null: nothing. */
  readonly transit: EvidenceOutcome | null;
  readonly tokenizer: Tokenizer;
  /** Keys the fingerprints. */
  readonly digestKey: KeyObject;
}

/** What a message adds to lineage: its hop, whose it is, and by what its content is known again. Pure; holds names of equipment and keyed tokens only. */
export function sightings(sighted: Sighted): LineageRow {
  const { parts, provenance, decision, findings, policy, teaches, transit, tokenizer, digestKey } = sighted;
  const { hop, pairs } = hopOf(decision.flow, policy, provenance.protocol);
  const persons = parts.flatMap(({ identity }) =>
    identities(identity).flatMap((one) => listedPerson(one, tokenizer, teaches) ?? []),
  );
  const found = foundTokens(findings, persons);
  const patients = new Set(persons.map(({ key }) => key));
  return {
    hop,
    transit: transitOf(transit, provenance),
    bytes: parts.reduce((sum, { coverage }) => sum + coverage.bytes, 0),
    ...masksOf(decision),
    pairs,
    tokens: [...persons.flatMap(({ tokens }) => tokens), ...found.tokens],
    trail: [
      ...[...patients].map((key) => ({ key, patient: true })),
      ...found.keys.filter((key) => !patients.has(key)).map((key) => ({ key, patient: false })),
    ],
    prints: [...new Set(parts.flatMap((part) => fingerprints(part, digestKey)))].slice(0, PRINTS),
  };
}

function masksOf({ summary }: Decision): Pick<LineageRow, 'categories' | 'others' | 'unpermitted' | 'subjects'> {
  let [categories, others, unpermitted, subjects] = [0, 0, 0, 0];
  for (const { category, subject, permitted } of summary) {
    const bit = maskOf(CATEGORIES, [category]);
    if (!PERSON_SUBJECTS.has(subject)) others |= bit;
    else {
      categories |= bit;
      if (!permitted) unpermitted |= bit;
    }
    subjects |= maskOf(SUBJECTS, [subject]);
  }
  return { categories, others, unpermitted, subjects };
}

/** What an engine admits of its leg is believed; what it vouches for is `claimed`, and only where nothing better is known. */
function transitOf(known: EvidenceOutcome | null, { claims }: Provenance): Transit {
  const claim = readLegClaim(claims.leg);
  if (admitsFailure(claim)) return 'failed';
  if (known !== null && known !== 'unknown') return known;
  return claim === null ? 'unknown' : 'claimed';
}
