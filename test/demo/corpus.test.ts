import { beforeAll, describe, expect, test } from 'vitest';
import { SILENT_FLOWS } from '../../src/demo/feeds.ts';
import { createHospital } from '../../src/demo/hospital.ts';
import { type Comparison, compare } from '../../src/demo/report.ts';
import { demoContext, judgeHospital } from '../support/judge-hospital.ts';

const START = Date.UTC(2026, 10, 24, 6);
const NOW = START + 8 * 3_600_000;

const hospital = createHospital({ start: START });
let found: ReturnType<typeof judgeHospital>;
let comparison: Comparison;

beforeAll(() => {
  found = judgeHospital(hospital, demoContext(), NOW);
  // Silence is the watch's to raise; here all feeds are over at once.
  const silent = SILENT_FLOWS.map(
    (flow) => ({ reason: 'flow.silent', flow, destination: 'EHR', category: null, group: null }) as const,
  );
  comparison = compare(hospital, { messages: found.messages, incidents: [...found.incidents, ...silent] });
});

describe('the shipped packs and the demo’s register, over the whole hospital', () => {
  test('find every planted leak', () => {
    expect(comparison.missing.map(({ plant, lacks }) => `${plant.kind} ${plant.message} ${plant.expect.path}: ${lacks}`)).toEqual(
      [],
    );
  });

  test('raise no false alarm', () => expect(comparison.falseAlarms).toEqual([]));

  test('judge what is left clean or permitted, as its sender expects', () => {
    const unexpected = hospital.messages.filter(({ id, expected }) => found.messages.get(id)?.verdict !== expected);
    expect(unexpected.map(({ id, flow, expected }) => `${id} ${flow} is not ${expected}`)).toEqual([]);
  });

  test('open one incident for all messages of a flow that nobody registered', () => {
    const unregistered = found.incidents.filter(({ reason }) => reason === 'flow.unregistered');
    expect(unregistered.map(({ destination }) => destination).sort()).toEqual([
      'AE LOANERQA',
      'MKTGCRM^OUTREACH',
      'research-share (claimed)',
    ]);
  });

  test('keep no value of a patient in any row', () => {
    const rows = JSON.stringify(found.rows);
    for (const { values } of hospital.plants) for (const value of values) expect(rows.includes(value)).toBe(false);
  });
});
