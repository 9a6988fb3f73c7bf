import type { Category } from '../../../src/core/vocabulary.ts';
import type { Random } from '../../../src/demo/random.ts';
import { loadFlows } from '../../../src/policy/load.ts';
import { compileRegister, type Register } from '../../../src/policy/register.ts';
import { withoutAccents } from '../corpus/charsets.ts';
import { dialects } from '../corpus/hl7/dialect.ts';
import { type MessageType, messageOf } from '../corpus/hl7/messages.ts';
import * as part from '../corpus/hl7/segments.ts';
import { components, render, type Segment, segment } from '../corpus/hl7/structure.ts';
import { createWriter, type Writer } from '../corpus/hl7/writer.ts';
import type { Split } from '../corpus/label.ts';
import { createSheet, encode } from '../corpus/marks.ts';
import { sceneOf } from '../corpus/scene.ts';
import { cleanText } from './sentences.ts';

/** What a kind of interface carries, and what an officer would let it carry: the identifiers of its own fields, of those whom they are about. */
interface Archetype {
  readonly name: string;
  readonly type: string;
  readonly permits: readonly Category[];
  readonly purpose: 'treatment' | 'payment' | 'public-health' | 'research' | 'operations';
  readonly dataset: 'phi' | 'safe-harbor';
  readonly entity: 'self' | 'public-health' | 'researcher' | 'vendor' | 'ba';
  build(writer: Writer, text: () => string): readonly Segment[];
}

const IDENTITY: readonly Category[] = [
  'name',
  'street',
  'geo',
  'date',
  'phone',
  'email',
  'ssn',
  'mrn',
  'account',
  'license',
  'health-plan',
  'unique-id',
];

function clinical(type: MessageType, purpose: Archetype['purpose'], entity: Archetype['entity'] = 'self'): Archetype {
  return {
    name: type.toLowerCase(),
    type,
    permits: IDENTITY,
    purpose,
    dataset: 'phi',
    entity,
    build: (writer, text) => messageOf(type, writer, Array.from({ length: type === 'MDM' ? 4 : 1 }, text)),
  };
}

/** Bodies with no person in them: what monitors, stock systems and master files send. */
const ARCHETYPES: readonly Archetype[] = [
  clinical('ADT', 'treatment'),
  clinical('ORU', 'treatment'),
  clinical('ORM', 'treatment'),
  clinical('SIU', 'treatment'),
  clinical('MDM', 'treatment'),
  clinical('DFT', 'payment'),
  clinical('VXU', 'public-health', 'public-health'),
  {
    name: 'device',
    type: 'ORU',
    permits: ['date', 'unique-id'],
    purpose: 'treatment',
    dataset: 'phi',
    entity: 'self',
    build: (writer, text) => [
      part.header(writer, 'ORU', 'R01', String(writer.random.int(1, 99_999_999))),
      segment('OBR', {
        1: '1',
        3: String(writer.random.int(1, 9999)),
        4: components('69854', 'MDC_DEV_METER_PHYSIO_MULTI_PARAM', 'MDC'),
      }),
      segment('OBX', {
        1: '1',
        2: 'NM',
        3: components('147842', 'MDC_ECG_HEART_RATE', 'MDC'),
        4: '1.7.4.147842',
        5: String(writer.random.int(40, 160)),
        6: 'bpm',
        11: 'R',
      }),
      part.note(1, text()),
    ],
  },
  {
    name: 'research',
    type: 'ORU',
    permits: [],
    purpose: 'research',
    dataset: 'safe-harbor',
    entity: 'researcher',
    build: (writer, text) => [
      part.header(writer, 'ORU', 'R01', String(writer.random.int(1, 99_999_999))),
      segment('PID', { 1: '1', 7: String(writer.random.int(1935, 2004)), 8: writer.random.pick(['F', 'M']) }),
      segment('OBR', { 1: '1', 4: components('24323-8', 'CMP', 'LN') }),
      segment('OBX', {
        1: '1',
        2: 'NM',
        3: components('2345-7', 'Glucose', 'LN'),
        5: (writer.random.next() * 200).toFixed(1),
        6: 'mg/dL',
        11: 'F',
      }),
      segment('OBX', { 1: '2', 2: 'TX', 3: components('8251-1', 'Comment', 'LN'), 5: text(), 11: 'F' }),
    ],
  },
  {
    name: 'stock',
    type: 'MFN',
    permits: [],
    purpose: 'operations',
    dataset: 'phi',
    entity: 'vendor',
    build: (writer, text) => [
      part.header(writer, 'MFN', 'M15', String(writer.random.int(1, 99_999_999))),
      segment('MFI', { 1: 'INV', 3: 'UPD' }),
      segment('MFE', { 1: 'MUP', 4: String(writer.random.int(1000, 9999)) }),
      segment('ZST', { 1: '1', 3: String(writer.random.int(1_000_000_000, 2_147_483_647)), 4: text() }),
    ],
  },
];

/** One registered interface. */
export interface CleanFlow {
  readonly id: string;
  readonly archetype: string;
  /** The bytes of one message, clean: it holds what the flow may carry, and text that identifies nobody. */
  message(random: Random): Uint8Array;
}

/** As many interfaces between as many systems, each registered with what an officer would permit. */
export function cleanFlows(split: Split, count: number): { flows: CleanFlow[]; register: Register } {
  const flows = Array.from({ length: count }, (_, index) => flowOf(split, index));
  const files = flows.map(({ policy }, index) => ({ file: `flow-${index}.yaml`, text: policy }));
  return { flows, register: compileRegister(loadFlows(files)) };
}

/** Sets (HL7 table 0211) whose encoders here write accents, or leave them out by themselves. */
const ACCENTED: ReadonlySet<string> = new Set(['UNICODE UTF-8', '8859/1']);

function flowOf(split: Split, index: number): CleanFlow & { readonly policy: string } {
  const archetype = ARCHETYPES[index % ARCHETYPES.length];
  const list = dialects(split).filter(({ charset, delimiters }) => charset !== 'UNICODE' && delimiters.startsWith('|'));
  const known = list[Math.floor(index / ARCHETYPES.length) % list.length];
  if (archetype === undefined || known === undefined) throw new RangeError('there is no kind of flow');
  // Sets of other scripts have no accents of Latin.
  const legible = ACCENTED.has(known.charset) ? (text: string) => text : withoutAccents;
  const dialect = { ...known, application: `APP${index}`, facility: `SITE${index}` };
  return {
    id: `flow-${index}`,
    archetype: archetype.name,
    policy: policyOf(index, archetype),
    message(random) {
      const sheet = createSheet();
      const writer = createWriter({ random, split, sheet, scene: sceneOf(random, split, dialect.locales), dialect });
      return encode(
        render(
          archetype.build(writer, () => legible(cleanText(random, split))),
          { text: dialect.delimiters },
          dialect.terminator,
        ),
        dialect.encoder,
      ).bytes;
    },
  };
}

/** JSON is YAML. */
function policyOf(index: number, { name, permits, purpose, dataset, entity }: Archetype): string {
  const permit = { subjects: ['patient', 'relative', 'employer', 'household'], categories: permits };
  return JSON.stringify({
    id: `flow-${index}`,
    title: `Interface ${index} (${name})`,
    owner: 'privacy@hospital.example',
    status: 'active',
    match: [{ listener: 'mllp', msh: { 3: `APP${index}`, 4: `SITE${index}` } }],
    destination: { system: `system-${index}`, entity, location: `store-${index}`, country: 'US' },
    basis: { purpose, dataset, agreement: { kind: entity === 'vendor' ? 'baa' : 'none', ref: 'A-1', expires: '2099-12-31' } },
    ...(permits.length === 0 ? {} : { permit: [permit] }),
    expires: '2099-12-31',
  });
}
