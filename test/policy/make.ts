import type { Address, IdentityValue, Parsed } from '../../src/core/format.ts';
import { NO_CLAIMS, type Protocol, type Provenance } from '../../src/core/provenance.ts';
import type { Category, Severity, Subject, Unexamined } from '../../src/core/vocabulary.ts';
import type { Detection } from '../../src/detect/match.ts';
import { type FlowPolicy, FlowSchema } from '../../src/policy/flow.ts';
import type { FlowFacts } from '../../src/policy/match-item.ts';

export const NOW = Date.UTC(2026, 10, 24, 17, 0);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

type Change = Record<string, unknown>;

/** A policy as `loadFlows` makes it: lab to registry, which may have names, dates and record numbers of patients in PID. */
export function policy(change: Change = {}): FlowPolicy {
  return FlowSchema.parse({
    id: 'lab-registry',
    title: 'Lab to registry',
    owner: 'privacy@hospital.example',
    status: 'active',
    match: [{ listener: 'mllp', msh: { 3: 'LIS', 5: 'REGISTRY' } }],
    destination: { system: 'registry', entity: 'public-health' },
    basis: { purpose: 'public-health', dataset: 'phi', agreement: { kind: 'none' } },
    permit: [{ types: ['ORU^R01'], subjects: ['patient'], categories: ['name', 'date', 'mrn'], paths: ['PID-*'] }],
    expires: '2027-10-31',
    ...change,
  });
}

export interface Way {
  readonly listener?: string;
  readonly protocol?: Protocol;
  readonly address?: string;
  readonly certificate?: string | null;
  readonly apiKey?: string | null;
  readonly flow?: string | null;
  readonly source?: string | null;
  readonly destination?: string | null;
  /** AE titles; with one of them, the message came over an association. */
  readonly calling?: string;
  readonly called?: string;
}

export function provenance({
  listener,
  protocol = 'mllp',
  address = '10.20.0.5',
  certificate = null,
  apiKey = null,
  calling,
  called,
  ...claims
}: Way = {}): Provenance {
  return {
    listener: listener ?? protocol,
    protocol,
    peer: { address, certificate, apiKey },
    tls: null,
    claims: { ...NO_CLAIMS, ...claims },
    ...(calling === undefined && called === undefined
      ? {}
      : { association: { calling: calling ?? '', called: called ?? '', implementation: '', version: '' } }),
    receivedAt: NOW,
  };
}

export function facts(way: Way = {}, msh: Record<number, string> = {}): FlowFacts {
  const fields: Record<string, string> = {};
  for (const [number, value] of Object.entries(msh)) fields[`MSH-${number}`] = value;
  return { provenance: provenance(way), routing: { fields, processing: 'P' } };
}

export interface Found {
  readonly category: Category;
  readonly subject?: Subject;
  readonly path?: string;
  readonly severity?: Severity;
  /** 1 where left out. */
  readonly confidence?: number;
  /** `test.CATEGORY` where left out. */
  readonly rule?: string;
  readonly text?: string;
  readonly lone?: true;
  readonly registry?: 'patient' | 'name';
}

export interface Message {
  readonly msh?: Record<number, string>;
  readonly processing?: string;
  readonly type?: string;
  readonly found?: readonly Found[];
  readonly identity?: readonly Pick<IdentityValue, 'kind' | 'category' | 'parts'>[];
  readonly unread?: readonly string[];
  readonly overBudget?: readonly string[];
  readonly sensitivities?: Detection['sensitivities'];
}

const LIS = { 3: 'LIS', 4: 'HOSPITAL', 5: 'REGISTRY', 6: 'STATE' };

/** A parsed message whose leaves are what was found in it, one each. */
export function message(of: Message = {}): { parsed: Parsed; detection: Detection } {
  const {
    msh = LIS,
    processing = 'P',
    type = 'ORU^R01',
    found = [],
    identity = [],
    unread = [],
    overBudget = [],
    sensitivities = [],
  } = of;
  const addresses = found.map(
    ({ path = 'PID-5.1' }, id): Address => ({ id, format: 'hl7v2', path, group: path.slice(0, 3), typePath: '' }),
  );
  const texts = found.map((each) => each.text ?? 'Quillfeather');
  const gap = (reason: string): Unexamined => ({ start: 0, end: 1, reason });
  const at = (index: number): Address => {
    const address = addresses[index];
    if (address === undefined) throw new RangeError('no such leaf');
    return address;
  };
  return {
    parsed: {
      format: 'hl7v2',
      type,
      start: 0,
      end: 100,
      leaves: {
        count: found.length,
        address: Int32Array.from(addresses.keys()),
        start: new Int32Array(found.length),
        end: new Int32Array(found.length),
        classes: new Uint16Array(found.length),
        addressOf: at,
        text: (leaf) => texts[leaf] ?? '',
        path: (leaf) => at(leaf).path,
        spanOf: () => null,
      },
      coverage: { bytes: 100, examined: 100 - unread.length, unexamined: unread.map(gap) },
      identity: { values: identity.map((value) => ({ ...value, subject: 'patient', leaf: 0 })) },
      routing: { fields: facts({}, msh).routing.fields, processing },
      problems: [],
    },
    detection: {
      matches: found.map(
        ({ category, subject = 'patient', severity = 'medium', confidence = 1, rule, lone, registry }, leaf) => ({
          ...(lone === undefined ? {} : { lone }),
          ...(registry === undefined ? {} : { registry }),
          rule: rule ?? `test.${category}`,
          pack: 'test@1.0.0',
          category,
          subject,
          severity,
          confidence,
          leaf,
          from: 0,
          to: texts[leaf]?.length ?? 0,
        }),
      ),
      sensitivities,
      unexamined: overBudget.map(gap),
    },
  };
}
