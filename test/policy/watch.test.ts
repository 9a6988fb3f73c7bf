import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compileFlow, datasetHolds } from '../../src/policy/content.ts';
import { dateAt, endOfDay, isDate, isOpen, isTimezone, openedLongerThan, parseHours, startOfDay } from '../../src/policy/days.ts';
import { contentJudge } from '../../src/policy/judge.ts';
import { agreementLack, flowKey, standing } from '../../src/policy/standing.ts';
import { endings, type FlowActivity, outOfHours, silence, unproven, volume, watchFlow } from '../../src/policy/watch.ts';
import { DAY, HOUR, NOW, policy } from './make.ts';

const MINUTE = 60_000;
const flow = (change: Record<string, unknown> = {}) => compileFlow(policy(change));
const keys = (causes: readonly { key: string; severity: string }[]): string[] =>
  causes.map(({ key, severity }) => `${severity} ${key}`);

describe('days', () => {
  test.each([
    ['2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'],
    ['2026-11-24', 'America/New_York', '2026-11-24T05:00:00.000Z', '2026-11-25T05:00:00.000Z'],
    ['2026-11-24', 'Asia/Kolkata', '2026-11-23T18:30:00.000Z', '2026-11-24T18:30:00.000Z'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
    ['2028-02-29', 'Pacific/Kiritimati', '2028-02-28T10:00:00.000Z', '2028-02-29T10:00:00.000Z'],
  ])('%s in %s lasts from %s to %s', (date, zone, from, to) => {
    expect([new Date(startOfDay(date, zone)).toISOString(), new Date(endOfDay(date, zone)).toISOString()]).toEqual([from, to]);
  });

  it('the day at an instant holds it', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Europe/Berlin');
    const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(instant, zones, (at, zone) => {
        const date = dateAt(at, zone);
        expect(startOfDay(date, zone)).toBeLessThanOrEqual(at);
        expect(endOfDay(date, zone)).toBeGreaterThan(at);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['07:00-19:00', { from: 420, to: 1140 }],
    ['22:00-06:00', { from: 1320, to: 360 }],
    ['00:00-24:00', { from: 0, to: 1440 }],
    ['09:00-09:00', null],
    ['24:00-06:00', null],
    ['07:00-24:01', null],
    ['7-19', null],
  ])('hours %s', (text, hours) => {
    expect(parseHours(text)).toEqual(hours);
  });

  it('dates and zones are checked', () => {
    expect(['2026-02-28', '2026-02-29', '2026-13-01', '2026-1-1'].map(isDate)).toEqual([true, false, false, false]);
    expect(['UTC', 'America/New_York', 'Nowhere'].map(isTimezone)).toEqual([true, true, false]);
  });

  test.each([
    ['07:00-19:00', '2026-11-24T12:00:00Z', true],
    ['07:00-19:00', '2026-11-24T11:59:59Z', false],
    ['07:00-19:00', '2026-11-25T00:00:00Z', false],
    ['22:00-06:00', '2026-11-24T04:00:00Z', true],
    ['22:00-06:00', '2026-11-24T12:00:00Z', false],
  ])('%s in New York is open at %s: %s', (hours, at, open) => {
    expect(isOpen(parseHours(hours) ?? { from: 0, to: 0 }, Date.parse(at), 'America/New_York')).toBe(open);
  });

  it('open time adds up as counting minutes would', () => {
    const hour = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(
        hour,
        hour,
        fc.integer({ min: 0, max: 4 * 24 * 60 }),
        fc.integer({ min: 0, max: 2000 }),
        (from, to, length, enough) => {
          if (from === to) return;
          const hours = { from: from * 60, to: to * 60 };
          const start = Date.UTC(2026, 2, 7, 3, 20);
          let open = 0;
          for (let minute = 0; minute < length; minute++) if (isOpen(hours, start + minute * MINUTE, 'America/New_York')) open++;
          // A change of the clocks may cut an hour out of the opening hours, which both count alike.
          expect(openedLongerThan(enough * MINUTE, hours, start, start + length * MINUTE, 'America/New_York')).toBe(
            open > enough,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('silence', () => {
  const at = (text: string): number => Date.parse(text);
  const daily = { limits: { silentAfter: 'PT30M', hours: '07:00-19:00', timezone: 'America/New_York' } };
  test.each<[string, Record<string, unknown>, string | null, string, string, boolean]>([
    ['no limit', {}, '2026-11-20T00:00:00Z', '2026-11-24T00:00:00Z', '2026-11-01T00:00:00Z', false],
    [
      'heard just now',
      { limits: { silentAfter: 'PT30M' } },
      '2026-11-24T11:30:00Z',
      '2026-11-24T12:00:00Z',
      '2026-11-01T00:00:00Z',
      false,
    ],
    [
      'silent too long',
      { limits: { silentAfter: 'PT30M' } },
      '2026-11-24T11:29:59Z',
      '2026-11-24T12:00:00Z',
      '2026-11-01T00:00:00Z',
      true,
    ],
    [
      'never heard, listening for long',
      { limits: { silentAfter: 'PT30M' } },
      null,
      '2026-11-24T12:00:00Z',
      '2026-11-24T11:00:00Z',
      true,
    ],
    [
      'never heard, listening since just now',
      { limits: { silentAfter: 'PT30M' } },
      null,
      '2026-11-24T12:00:00Z',
      '2026-11-24T11:45:00Z',
      false,
    ],
    [
      'Cordon itself was away',
      { limits: { silentAfter: 'PT30M' } },
      '2026-11-23T11:00:00Z',
      '2026-11-24T12:00:00Z',
      '2026-11-24T11:50:00Z',
      false,
    ],
    [
      'valid since just now',
      { limits: { silentAfter: 'PT30M' }, validFrom: '2026-11-24' },
      null,
      '2026-11-24T00:10:00Z',
      '2026-11-01T00:00:00Z',
      false,
    ],
    ['closed all night', daily, '2026-11-23T23:50:00Z', '2026-11-24T12:15:00Z', '2026-11-01T00:00:00Z', false],
    [
      'ten minutes at night, twenty-one in the morning',
      daily,
      '2026-11-23T23:50:00Z',
      '2026-11-24T12:21:00Z',
      '2026-11-01T00:00:00Z',
      true,
    ],
  ])('%s', (_, change, heard, now, since, silent) => {
    const causes = silence(flow(change), heard === null ? null : at(heard), at(now), at(since));
    expect(keys(causes)).toEqual(silent ? ['medium silent|lab-registry'] : []);
  });
});

describe('volume and hours', () => {
  const limits = { limits: { messagesPerHour: 10, patientsPerDay: 5 } };
  test.each([
    [10, 5, []],
    [11, 5, ['medium volume|lab-registry']],
    [10, 6, ['high volume|lab-registry']],
    [11, 6, ['high volume|lab-registry']],
  ])('%i messages, %i patients', (messages, patients, expected) => {
    expect(keys(volume(flow(limits), { messages, patients }))).toEqual(expected);
    expect(volume(flow(), { messages, patients })).toEqual([]);
  });

  test.each([
    ['inside', '2026-11-24T12:00:00Z', false],
    ['outside', '2026-11-24T04:30:00Z', true],
  ])('heard %s of the hours', (_, heard, violates) => {
    const daily = flow({ limits: { hours: '07:00-19:00', timezone: 'America/New_York' } });
    const then = Date.parse(heard);
    expect(keys(outOfHours(daily, then, then + MINUTE))).toEqual(violates ? ['medium volume|lab-registry|hours'] : []);
    expect(outOfHours(daily, then, then + 2 * HOUR)).toEqual([]);
    expect(outOfHours(daily, null, then)).toEqual([]);
  });
});

describe('endings', () => {
  const dua = (expires: string) => ({ basis: { purpose: 'research', dataset: 'limited', agreement: { kind: 'dua', expires } } });
  const exception = (expires: string) => ({ exceptions: [{ permit: {}, reason: 'r', approvedBy: 'a', expires }] });
  test.each<[string, Record<string, unknown>, string[]]>([
    ['nothing ends', {}, []],
    ['the policy has ended', { expires: '2026-11-23' }, ['high expired|lab-registry']],
    ['the policy ends today', { expires: '2026-11-24' }, ['low expired|lab-registry|soon']],
    ['the policy ends in a month', { expires: '2026-12-23' }, ['low expired|lab-registry|soon']],
    ['the policy ends later', { expires: '2026-12-25' }, []],
    ['the agreement has ended', dua('2026-11-23'), ['high agreement.expired|lab-registry']],
    ['the agreement ends', dua('2026-11-30'), ['low agreement.expired|lab-registry|soon']],
    ['the agreement is missing', { destination: { system: 'x', entity: 'ba' } }, ['high agreement.missing|lab-registry']],
    ['an exception has ended', exception('2026-11-23'), ['low expired|lab-registry|exception 2026-11-23']],
    ['an exception ends', exception('2026-11-24'), ['low expired|lab-registry|exception 2026-11-24 soon']],
    ['nobody cares for a suspended one', { status: 'suspended', ...dua('2026-11-23') }, []],
    ['in its own time zone', { expires: '2026-11-23', limits: { timezone: 'Pacific/Pago_Pago' } }, ['high expired|lab-registry']],
  ])('%s', (_, change, expected) => {
    expect(keys(endings(flow(change), NOW))).toEqual(expected);
  });

  it('a policy is valid through its last instant', () => {
    const last = flow({ expires: '2026-11-24', limits: { timezone: 'America/New_York' } });
    const end = Date.parse('2026-11-25T05:00:00Z');
    expect([standing(last, end - 1), standing(last, end)]).toEqual([null, 'flow.expired']);
    expect(standing(flow({ status: 'suspended', expires: '2026-01-01' }), NOW)).toBe('flow.suspended');
    expect(agreementLack(flow(dua('2026-11-24')), NOW)).toBeNull();
    expect(flowKey('flow.silent', 'x')).toBe('silent|x');
  });
});

describe('what nothing proves', () => {
  const rest = { require: { rest: 'encrypted' } };
  test.each<[string, Record<string, unknown>, Parameters<typeof unproven>[1], string[]]>([
    ['not required', {}, { transit: 'unknown', rest: 'unknown' }, []],
    [
      'unknown is not pass',
      { require: { transit: 'rfc9325' } },
      { transit: 'unknown', rest: null },
      ['medium transport.unproven|lab-registry'],
    ],
    [
      'nor is a claim',
      { require: { mtls: true } },
      { transit: 'claimed', rest: null },
      ['medium transport.unproven|lab-registry'],
    ],
    ['proven', { require: { transit: 'rfc9325' } }, { transit: 'proven', rest: null }, []],
    ['failed', { require: { transit: 'rfc9325' } }, { transit: 'failed', rest: null }, ['high transport.failed|lab-registry']],
    ['places not judged', rest, { transit: 'unknown', rest: null }, []],
    ['a place nobody looked at', rest, { transit: 'unknown', rest: 'unknown' }, ['medium location.unknown|lab-registry']],
    ['a place proven', rest, { transit: 'unknown', rest: 'proven' }, []],
    ['a place in clear', rest, { transit: 'unknown', rest: 'failed' }, ['high location.unknown|lab-registry']],
    ['failed, required by nobody, never proven', {}, { transit: 'failed', rest: 'failed' }, []],
    [
      'what was proven and fails, required by nobody',
      {},
      { transit: 'failed', rest: 'failed', transitUntil: NOW - HOUR, restUntil: NOW - HOUR },
      ['low transport.failed|lab-registry', 'low location.unknown|lab-registry'],
    ],
    ['what lapsed, required by nobody', {}, { transit: 'unknown', rest: 'unknown', transitUntil: NOW, restUntil: NOW }, []],
  ])('%s', (_, change, evidence, expected) => {
    expect(keys(unproven(flow(change), evidence))).toEqual(expected);
  });

  test.each<[string, Parameters<typeof unproven>[1], (string | undefined)[]]>([
    ['never proven', { transit: 'failed', rest: 'unknown' }, [undefined, undefined]],
    [
      'proven before',
      { transit: 'failed', rest: 'unknown', transitUntil: NOW, restUntil: NOW - HOUR },
      [
        'it was proven until 2026-11-24 17:00 UTC, and fails now',
        'its proof lapsed on 2026-11-24 16:00 UTC, and no new one was had',
      ],
    ],
  ])('says of what was %s', (_, evidence, notes) => {
    const demanding = flow({ require: { transit: 'rfc9325', rest: 'encrypted' } });
    expect(unproven(demanding, evidence).map(({ note }) => note)).toEqual(notes);
  });
});

describe('watchFlow', () => {
  const all = { limits: { silentAfter: 'PT30M', messagesPerHour: 1 }, require: { transit: 'rfc9325' } };
  const activity: FlowActivity = { lastHeard: NOW - HOUR, since: NOW - DAY, messages: 2, patients: 0 };
  const evidence = { transit: 'unknown', rest: null } as const;
  const watched = (change: Record<string, unknown>): string[] =>
    keys(watchFlow(flow({ ...all, ...change }), activity, evidence, NOW));

  it('gathers all', () => {
    expect(watched({})).toEqual([
      'medium silent|lab-registry',
      'medium volume|lab-registry',
      'medium transport.unproven|lab-registry',
    ]);
  });

  it('says of an expired policy that it is, of one in shadow, suspended or not valid yet, nothing', () => {
    expect(watched({ expires: '2026-11-01' })).toEqual(['high expired|lab-registry']);
    expect(watched({ status: 'shadow' })).toEqual([]);
    expect(watched({ status: 'suspended' })).toEqual([]);
    expect(watched({ validFrom: '2026-11-25' })).toEqual([]);
  });
});

it('a data set is a ceiling', () => {
  expect(datasetHolds('limited', 'geo')).toBe(true);
  expect(datasetHolds('limited', 'street')).toBe(false);
  expect(datasetHolds('safe-harbor', 'date')).toBe(false);
  expect(datasetHolds('expert', 'name')).toBe(true);
});

it('where the path is not known, a permit that names paths does not cover and a deny does', () => {
  const held = { category: 'name', subject: 'patient', path: null } as const;
  expect(contentJudge(flow(), 'ORU^R01', [], NOW)(held)).toMatchObject({ denied: false });
  expect(contentJudge(flow({ permit: [{}] }), 'ORU^R01', [], NOW)(held)).toBeNull();
  expect(contentJudge(flow({ permit: [{}], deny: [{ paths: ['OBX'] }] }), 'ORU^R01', [], NOW)(held)).toMatchObject({
    denied: true,
  });
});
