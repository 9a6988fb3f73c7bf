import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../src/core/format.ts';
import { createHospital } from '../../src/demo/hospital.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { fingerprints } from '../../src/lineage/fingerprints.ts';
import { oru } from '../support/oru.ts';
import { EDITS, NEAR } from './engine-edits.ts';

const key = createSecretKey(Buffer.alloc(32, 5));
const parsedOf = (bytes: Uint8Array): Parsed[] => parseBody({ bytes, elided: [] }).filter(({ format }) => format !== 'raw');
const printsOf = (bytes: Uint8Array): string[] => parsedOf(bytes).flatMap((parsed) => fingerprints(parsed, key));
const ofText = (text: string): string[] => printsOf(Buffer.from(text, 'latin1'));
const meet = (one: readonly string[], other: readonly string[]): boolean => one.some((print) => other.includes(print));

const messages = createHospital({ start: Date.UTC(2026, 10, 24, 6) })
  .messages.filter(({ transport }) => transport === 'mllp')
  .map(({ id, bytes }) => ({ id, text: Buffer.from(bytes).toString('latin1'), prints: printsOf(bytes) }));
/** One in five of the demo's results; docs/adr/0032-lineage.md has the figures of all. */
const results = messages.filter(({ text }) => text.includes('|ORU^R01')).filter((_message, index) => index % 5 === 0);

describe('fingerprints of the demo’s traffic', () => {
  it.each(Object.entries(EDITS))('know a result again with %s', (name, edit) => {
    const known = results.filter(({ text, prints }) => meet(prints, ofText(edit(text))));
    expect(results.length).toBeGreaterThan(300);
    expect(known.length / results.length).toBeGreaterThanOrEqual(LEAST[name] ?? 1);
  });

  it('tell different messages apart', () => {
    const owners = new Map<string, string>();
    const joined = new Set<string>();
    for (const { id, prints } of messages) {
      for (const print of prints) {
        const other = owners.get(print);
        if (other !== undefined && other !== id) joined.add(`${other} ${id}`);
        else owners.set(print, id);
      }
    }
    expect([...joined]).toEqual([]);
  });

  it.each(Object.entries(NEAR))('tell %s apart', (_name, edit) => {
    for (const observations of [1, 2, 20]) {
      const text = oru('C100001', observations).toString('latin1');
      expect(meet(ofText(text), ofText(edit(text)))).toBe(false);
    }
  });
});

/** A feed that names nobody (devices, a de-identified share) has nothing but its order's number to be known by. */
const LEAST: Readonly<Record<string, number>> = { 'order numbers replaced': 0.7 };

it('makes at most three, which say nothing without the key', () => {
  const bytes = oru('C100001', 20);
  const [parsed] = parsedOf(bytes);
  if (parsed === undefined) throw new Error('no message');
  const prints = fingerprints(parsed, key);
  expect(prints).toHaveLength(3);
  expect(meet(prints, fingerprints(parsed, createSecretKey(Buffer.alloc(32, 6))))).toBe(false);
});

it('survives an engine that writes UTF-8 where ISO 8859-1 came in', () => {
  const text =
    'MSH|^~\\&|LIS|LAB|EHR|MAIN|20261124||ORU^R01|1|P|2.5.1|||||USA|CHARSET\rPID|1||7^^^M^MR||Müller^Zoë||19620303\rOBR|1|P1|F1|X|||20261124090000\rOBX|1|TX|A||Größe normal||||||F\r';
  const latin = Buffer.from(text.replace('CHARSET', '8859/1'), 'latin1');
  const utf8 = Buffer.from(text.replace('CHARSET', 'UNICODE UTF-8'), 'utf8');
  expect(meet(printsOf(latin), printsOf(utf8))).toBe(true);
});
