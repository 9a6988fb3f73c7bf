import { describe, expect, test } from 'vitest';
import { createHospital } from '../../src/demo/hospital.ts';
import type { Plant } from '../../src/demo/message.ts';
import { compare, type Found, type FoundIncident, type FoundMessage, formatReport } from '../../src/demo/report.ts';

const hospital = createHospital({ start: Date.UTC(2026, 10, 24, 6) });

const incidentsOf = ({ causes }: Plant): FoundIncident[] =>
  causes.slice(0, 1).map(({ reason, flow, destination, category, group }) => ({
    reason,
    flow: flow ?? `mllp|${destination}|LIS`,
    destination: flow === null ? `${destination}^OUTREACH` : 'EHR',
    category,
    group,
  }));

const judgedAs = ({ expect: { incident, category, path } }: Plant): FoundMessage => ({
  verdict: 'flagged',
  reasons: [incident],
  findings: category === null ? [] : [{ category, path: path ?? '' }],
});

/** All that was planted, and nothing else. */
function perfect(): { messages: Map<string, FoundMessage>; incidents: FoundIncident[] } {
  const messages = new Map<string, FoundMessage>();
  for (const { id } of hospital.messages) messages.set(id, { verdict: 'permitted', reasons: [], findings: [] });
  for (const plant of hospital.plants) if (plant.message !== null) messages.set(plant.message, judgedAs(plant));
  return { messages, incidents: hospital.plants.flatMap(incidentsOf) };
}

const plantOf = (kind: Plant['kind']): Plant & { message: string } => {
  const plant = hospital.plants.find((each) => each.kind === kind);
  if (plant === undefined) throw new Error(`no ${kind}`);
  return { ...plant, message: plant.message ?? '' };
};

describe('planted against found', () => {
  test('everything found, no false alarm', () => {
    const comparison = compare(hospital, perfect());
    expect(comparison.missing).toEqual([]);
    expect(comparison.falseAlarms).toEqual([]);
    expect(comparison.kinds.every(({ planted, found }) => planted > 1 && found === planted)).toBe(true);
    expect(comparison.counts).toEqual({ clean: 0, permitted: 3030, flagged: 50, unjudged: 0 });
  });

  const name = plantOf('name-in-note');
  const lacking: [string, string, (found: ReturnType<typeof perfect>) => void][] = [
    ['a message that was not judged', 'not judged', ({ messages }) => messages.delete(name.message)],
    [
      'a message that passed',
      'not flagged',
      ({ messages }) => messages.set(name.message, { ...judgedAs(name), verdict: 'permitted' }),
    ],
    ['another reason', 'reason', ({ messages }) => messages.set(name.message, { ...judgedAs(name), reasons: ['unexamined'] })],
    [
      'another category',
      'finding',
      ({ messages }) =>
        messages.set(name.message, { ...judgedAs(name), findings: [{ category: 'mrn', path: name.expect.path ?? '' }] }),
    ],
    [
      'another place',
      'finding',
      ({ messages }) => messages.set(name.message, { ...judgedAs(name), findings: [{ category: 'name', path: 'PID-5.1' }] }),
    ],
  ];
  test.each(lacking)('%s is a miss: %s', (_, lacks, change) => {
    const found = perfect();
    change(found);
    const { missing, kinds } = compare(hospital, found);
    expect(missing.map((miss) => [miss.plant.message, miss.lacks])).toEqual([[name.message, lacks]]);
    const [first] = kinds;
    expect(first?.found).toBe((first?.planted ?? 0) - 1);
  });

  test('a finding below the place counts, one beside it does not', () => {
    const found = perfect();
    const path = name.expect.path ?? '';
    found.messages.set(name.message, { ...judgedAs(name), findings: [{ category: 'name', path: `${path}.1` }] });
    expect(compare(hospital, found).missing).toEqual([]);
    found.messages.set(name.message, { ...judgedAs(name), findings: [{ category: 'name', path: `${path}1` }] });
    expect(compare(hospital, found).missing).toHaveLength(1);
  });

  test('an incident that never came is a miss of all its leaks', () => {
    const found = perfect();
    const incidents = found.incidents.filter(({ reason }) => reason !== 'flow.silent' && reason !== 'environment.test');
    const { missing } = compare(hospital, { ...found, incidents });
    expect(missing.map(({ plant, lacks }) => `${plant.kind} ${lacks}`).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'production-on-test incident'),
      ...Array.from({ length: 2 }, () => 'silent-feed incident'),
    ]);
  });
});

describe('false alarms', () => {
  const regular = hospital.messages.find(({ expected }) => expected !== 'flagged');
  const id = regular?.id ?? '';

  test('a message that nothing was planted in', () => {
    const found = perfect();
    found.messages.set(id, {
      verdict: 'flagged',
      reasons: ['content.category'],
      findings: [{ category: 'phone', path: 'NTE-3' }],
    });
    expect(compare(hospital, found).falseAlarms).toEqual([
      { message: id, flow: regular?.flow, reasons: ['content.category'], category: null, places: ['phone NTE-3'] },
    ]);
  });

  const strangers: [string, FoundIncident][] = [
    ['another group', { reason: 'content.category', flow: 'results-cloud', destination: '', category: 'name', group: 'OBR' }],
    ['another flow', { reason: 'content.category', flow: 'lab-record', destination: '', category: 'name', group: 'OBX' }],
    ['another reason', { reason: 'flow.volume', flow: 'results-cloud', destination: '', category: null, group: null }],
    [
      'another unregistered destination',
      { reason: 'flow.unregistered', flow: 'mllp|X|Y', destination: 'X', category: null, group: null },
    ],
  ];
  test.each(strangers)('an incident of %s', (_, incident) => {
    const found = perfect();
    found.incidents.push(incident);
    expect(compare(hospital, found).falseAlarms.map(({ message, flow }) => [message, flow])).toEqual([[null, incident.flow]]);
  });

  test('what a planted leak brings along in the same segment is none', () => {
    const found = perfect();
    found.incidents.push({ reason: 'content.category', flow: 'pumps-server', destination: '', category: 'mrn', group: 'PID' });
    expect(compare(hospital, found).falseAlarms).toEqual([]);
  });
});

describe('the report', () => {
  test('is a table that a reader understands', () => {
    expect(formatReport(compare(hospital, perfect()))).toMatchInlineSnapshot(`
      "  planted leak                                         planted  found
        patient name in a note to a vendor                         7      7
        SSN in a Z segment                                         8      8
        birth date in OBR                                          5      5
        pump that names its patient                                5      5
        message of a flow nobody registered                       14     14
        feed that fell silent                                      2      2
        production message on a test flow                          4      4
        patient's name after the pixel data                        2      2
        name in a private element of a de-identified object        3      3
        birth date in a UID of a de-identified object              2      2
        all                                                       52     52

        0 clean, 3030 permitted, 50 flagged
        missing: none
        false alarms: none"
    `);
  });

  test('names what is missing and too much, a few of them, and no value of a message', () => {
    const nothing: Found = { messages: new Map(), incidents: [] };
    const alarmed = perfect();
    for (const { id } of hospital.messages.slice(0, 30)) {
      alarmed.messages.set(id, {
        verdict: 'flagged',
        reasons: ['content.category'],
        findings: [{ category: 'name', path: 'NTE-3' }],
      });
    }
    const text = `${formatReport(compare(hospital, nothing))}\n${formatReport(compare(hospital, alarmed))}`;
    expect(text).toContain('3080 not judged');
    expect(text).toContain('and 42 more');
    expect(text).toContain('and 20 more');
    expect(text).toContain('message NL000001 on monitors-record: content.category (name NTE-3)');
    for (const { values } of hospital.plants) for (const value of values) expect(text.includes(value)).toBe(false);
  });
});
