import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import HL7 from 'hl7-standard';
import { describe, expect, test } from 'vitest';
import { KINDS } from '../../src/demo/draft.ts';
import { createFeeds, SILENT_FLOWS } from '../../src/demo/feeds.ts';
import { createHospital, labelsOf, SEED } from '../../src/demo/hospital.ts';
import type { DemoMessage } from '../../src/demo/message.ts';
import { timestamp } from '../../src/demo/segments.ts';
import * as texts from '../../src/demo/texts.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { plantedValues } from '../support/demo-values.ts';

const START = Date.UTC(2026, 10, 24, 6);
const FLOWS = new URL('../../src/demo/flows/', import.meta.url);
const hospital = createHospital({ start: START });
const hl7 = hospital.messages.filter(({ transport }) => transport === 'mllp' || transport === 'http');
const objects = hospital.messages.filter(({ transport }) => transport === 'dimse' || transport === 'stow');
const byId = new Map(hospital.messages.map((message) => [message.id, message]));

const digest = (messages: readonly DemoMessage[]): string => {
  const hash = createHash('sha256');
  for (const { bytes } of messages) hash.update(bytes);
  return hash.digest('hex');
};

/** As a reader that knows MSH-18 decodes it. */
const textOf = ({ bytes }: DemoMessage): string => {
  const latin1 = Buffer.from(bytes).toString('latin1');
  return latin1.slice(0, latin1.indexOf('\r')).includes('|8859/1|') ? latin1 : Buffer.from(bytes).toString('utf8');
};

describe('the synthetic hospital', () => {
  test('is the same for the same seed and start, byte for byte', () => {
    expect(digest(createHospital({ start: START, seed: SEED }).messages)).toBe(digest(hospital.messages));
    expect(digest(createHospital({ start: START, seed: 1 }).messages)).not.toBe(digest(hospital.messages));
  });

  test('labels do not depend on when it starts', () => {
    const other = createHospital({ start: START + 86_400_000 * 400 });
    expect(labelsOf(other.plants)).toEqual(labelsOf(hospital.plants));
    expect(digest(other.messages)).not.toBe(digest(hospital.messages));
  });

  test('sends 3,000 messages and 80 objects, most of them clean or permitted', () => {
    expect(hl7).toHaveLength(3000);
    expect(objects).toHaveLength(80);
    expect(byId.size).toBe(3080);
    expect(hospital.messages.filter(({ expected }) => expected === 'flagged').length).toBeLessThan(60);
    for (const feed of createFeeds()) expect(hospital.messages.filter(({ flow }) => flow === feed.flow)).toHaveLength(feed.count);
  });

  test.each(KINDS)('plants %s more than once', (kind) => {
    expect(hospital.plants.filter((plant) => plant.kind === kind).length).toBeGreaterThanOrEqual(2);
  });

  test('plants exactly in the messages that are expected to be flagged', () => {
    const planted = hospital.plants.flatMap(({ message }) => (message === null ? [] : [message]));
    expect(planted).toEqual(hospital.messages.filter(({ expected }) => expected === 'flagged').map(({ id }) => id));
  });

  test('has the day’s order, and feeds that end early', () => {
    const times = hl7.map(({ bytes }) => Buffer.from(bytes).toString('latin1').split('|')[6] ?? '');
    expect(times).toEqual([...times].sort());
    expect(times[0]?.slice(0, 8)).toBe(timestamp(START).slice(0, 8));
    const lastOf = (flow: string): number => hl7.findLastIndex((message) => message.flow === flow);
    for (const flow of SILENT_FLOWS) expect(lastOf(flow)).toBeLessThan(hl7.length / 4);
  });
});

describe('every HL7 message', () => {
  test('is read by hl7-standard with its control id and type', () => {
    for (const message of hl7) {
      const parsed = new HL7(textOf(message));
      parsed.transform();
      expect(parsed.get('MSH.10')).toBe(message.id);
      expect(parsed.get('MSH.9.1')).toMatch(/^(ADT|ORU)$/);
    }
  });

  test('is one message without problems to our own parser', () => {
    for (const { bytes } of hl7) {
      const parts = parseBody({ bytes, elided: [] });
      expect(parts.map(({ format, problems }) => [format, problems])).toEqual([['hl7v2', []]]);
    }
  });
});

describe('every object', () => {
  test('is one instance without problems to our own parser, its pixels not examined', () => {
    for (const { id, bytes } of objects) {
      const [parsed, ...rest] = parseBody({ bytes, elided: [] });
      expect(rest).toEqual([]);
      expect([parsed?.format, parsed?.problems, parsed?.routing.fields['(0008,0018)']]).toEqual(['dicom', [], id]);
      expect(parsed?.coverage.unexamined.map(({ reason }) => reason)).toEqual(['pixel-data']);
    }
  });

  test('names no patient where it is exported for research', () => {
    const values = plantedValues(hospital.patients);
    const exported = objects.filter(({ flow, expected }) => flow === 'research-export' && expected === 'clean').map(textOf);
    expect(exported.length).toBeGreaterThan(10);
    expect(values.filter((value) => exported.some((text) => text.includes(value)))).toEqual([]);
  });
});

describe('labels', () => {
  const placed = hospital.plants.filter(({ expect: { path } }) => path !== null);

  test.each(placed)('$kind in $message is at $expect.path', ({ message, values, expect: { path } }) => {
    const sent = byId.get(message ?? '');
    expect(sent).toBeDefined();
    const [parsed] = parseBody({ bytes: sent?.bytes ?? new Uint8Array(), elided: [] });
    const leaves = parsed?.leaves;
    const here = Array.from({ length: leaves?.count ?? 0 }, (_, leaf) => leaf).filter((leaf) => leaves?.path(leaf) === path);
    expect(here).toHaveLength(1);
    const text = leaves?.text(here[0] ?? 0) ?? '';
    expect(values.some((value) => text.includes(value))).toBe(true);
  });

  test('all values are in their message', () => {
    for (const { message, values } of hospital.plants) {
      const text = message === null ? '' : textOf(byId.get(message) ?? fail(message));
      for (const value of values) expect(text.includes(value)).toBe(true);
    }
  });

  test('have the promised shape', () => {
    for (const label of labelsOf(hospital.plants)) {
      expect(Object.keys(label)).toEqual(['kind', 'message', 'values', 'expect']);
      expect(Object.keys(label.expect)).toEqual(['incident', 'category', 'path']);
    }
  });
});

function fail(message: string): never {
  throw new Error(`no message ${message}`);
}

describe('what is not planted', () => {
  const regular = hospital.messages.filter(({ expected }) => expected !== 'flagged');
  const flowsOf = (...flows: string[]): string[] => regular.filter(({ flow }) => flows.includes(flow)).map(textOf);
  const values = plantedValues(hospital.patients);

  test('no identifier of any patient is in what leaves de-identified, or comes from pumps', () => {
    const everything = flowsOf('limited-analytics', 'upkeep-vendor', 'pumps-server').join('\r');
    expect(values.filter((value) => everything.includes(value))).toEqual([]);
  });

  test('no SSN stands outside PID-19', () => {
    const elsewhere = regular
      .flatMap((message) => textOf(message).split('\r'))
      .filter((line) => /\b8\d\d-\d\d-\d{4}\b/.test(line));
    expect(elsewhere.every((line) => line.startsWith('PID|'))).toBe(true);
  });

  test('names are nowhere in the cloud’s messages but in PID', () => {
    const names = hospital.patients.flatMap(({ family, given }) => [family, given]);
    const lines = flowsOf('results-cloud')
      .flatMap((text) => text.split('\r'))
      .filter((line) => !line.startsWith('PID|'));
    const everything = lines.join('\r').toUpperCase();
    expect(names.filter((name) => everything.includes(name.toUpperCase()))).toEqual([]);
  });

  test('only the test system’s own messages are MSH-11 T, and it gets no others', () => {
    for (const { flow, bytes } of regular.filter((message) => hl7.includes(message)))
      expect(Buffer.from(bytes).toString('latin1').split('|')[10]).toBe(flow === 'adt-test' ? 'T' : 'P');
  });

  test('nothing that is kept in clear could be taken for a planted value', () => {
    const kept = [
      ...new Set(hl7.flatMap(({ bytes }) => Buffer.from(bytes).toString('latin1').split('|').slice(2, 6))),
      ...new Set(
        hospital.messages.flatMap(
          ({ bytes }) =>
            Buffer.from(bytes)
              .toString('latin1')
              .match(/[0-9A-F]{16}(?=\^EUI-64)/g) ?? [],
        ),
      ),
      ...new Set(hospital.messages.flatMap(({ headers }) => Object.values(headers))),
      ...new Set(hospital.messages.flatMap(({ association }) => Object.values(association ?? {}))),
      ...readdirSync(FLOWS).map((file) => readFileSync(new URL(file, FLOWS), 'utf8')),
    ].join('\n');
    expect(values.filter((value) => kept.includes(value))).toEqual([]);
  });

  test('every note of the lists is sent', () => {
    const everything = hospital.messages.map(textOf).join('');
    const notes = [...texts.LAB_NOTES, ...texts.VENDOR_NOTES, ...texts.MONITOR_NOTES, ...texts.CLINICAL_NOTES];
    expect(notes.filter((note) => !everything.includes(note))).toEqual([]);
  });
});

test('every registered flow of the feeds has a policy, and the others none', () => {
  const policies = loadFlows(readdirSync(FLOWS).map((file) => ({ file, text: readFileSync(new URL(file, FLOWS), 'utf8') })));
  const registered = [...new Set(hospital.messages.map(({ flow }) => flow))].filter((flow) => !flow.includes('unregistered'));
  expect(policies.map(({ id }) => id).sort()).toEqual(registered.sort());
  expect(
    policies
      .filter(({ limits }) => limits.silentAfter !== undefined)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...SILENT_FLOWS].sort());
});
