import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BreachAssessment } from '../../src/ledger/reveal/breach-store.ts';
import { FlowSchema } from '../../src/policy/flow.ts';
import { absorbedBy, clockWords, decisionOf, homeTitle, wholeDays } from '../../src/review/home.ts';
import { cause, DAY, NOON } from '../ledger/rows.ts';
import { incidentRow } from '../policy/incident-row.ts';
import { type Desk, flag, openDesk, policy, type Reader, seedMorning, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

const QUIET = { critical: 0, high: 0, medium: 0, low: 0 };

it.each([
  [{ total: 0, overdueTotal: 0, waiting: QUIET }, 'Nothing needs a decision'],
  [{ total: 1, overdueTotal: 0, waiting: QUIET }, '1 decision to take'],
  [{ total: 3, overdueTotal: 2, waiting: QUIET }, '3 decisions to take, 2 overdue'],
  [{ total: 0, overdueTotal: 2, waiting: QUIET }, '2 overdue'],
  [{ total: 0, overdueTotal: 0, waiting: { ...QUIET, low: 4 } }, 'No decision to take yet, 4 incidents below'],
])('says of %o: %s', (queue, title) => {
  expect(homeTitle(queue)).toBe(title);
});

const incident = incidentRow({
  flow: 'vendor-cloud',
  source: 'EHR',
  destination: 'VENDOR',
  messages: 12,
  patients: 5,
  firstSeen: NOON - 2.5 * DAY,
  lastSeen: NOON - 60_000,
  desk: {
    ongoing: true,
    exposure: { recipient: 'none', data: 'identified', categories: ['name'], transit: 'failed', destinations: ['VENDOR'] },
  },
});

const factor = { text: '', risk: null };
const DRAFT: BreachAssessment = {
  incident: incident.id,
  version: 1,
  saved: { user: 'u1', name: 'dana', at: NOON },
  signed: false,
  answers: {
    discovered: '2026-11-20',
    people: 5,
    residentsOfOneState: null,
    delay: null,
    factors: { nature: factor, recipient: factor, acquired: factor, mitigated: factor },
    exception: null,
    exceptionWhy: '',
    ciphertextAlone: false,
    conclusion: 'low-probability',
    why: 'returned unread',
  },
};
const DAY_THREE = { elapsed: 3, newest: null, standing: undefined };

describe('a decision', () => {
  it('is one sentence: what, to whom, about how many; and what bears on it', () => {
    const line = decisionOf(incident, DAY_THREE, NOON);
    expect(line.sentence).toBe('Patient name in a result (OBX) sent to VENDOR, about 5 patients');
    expect([line.flowing, line.encryption, line.clockDay]).toEqual([true, 'failed', 3]);
    // As it stood with its last message, unless the hop of its policy is known to stand otherwise by now.
    expect(decisionOf(incident, { ...DAY_THREE, standing: 'claimed' }, NOON).encryption).toBe('claimed');
  });

  it('has no breach clock where nothing left the house, and no end to one that ran out', () => {
    const { exposure } = incident.desk;
    const within = exposure === null ? null : { ...exposure, recipient: 'internal' as const };
    expect(decisionOf({ ...incident, desk: { ...incident.desk, exposure: within } }, DAY_THREE, NOON).clockDay).toBeNull();
    expect(clockWords(400)).toBe('past day 60');
    const signed = { ...DRAFT, signed: true };
    expect(decisionOf(incident, { ...DAY_THREE, newest: signed }, NOON).clockDay).toBeNull();
    expect(decisionOf(incident, { ...DAY_THREE, newest: DRAFT }, NOON).clockDay).toBe(3);
    expect([clockWords(60), clockWords(61)]).toEqual(['day 60 of 60', 'past day 60']);
  });

  it('says that nobody named a patient, rather than none', () => {
    expect(decisionOf({ ...incident, patients: 0 }, DAY_THREE, NOON).sentence).toContain('about patients nobody named');
    expect(decisionOf({ ...incident, patients: 0, messages: 0 }, DAY_THREE, NOON).sentence).not.toContain('about');
  });
});

it('tells which exception absorbs how much and when it ends, the soonest first', () => {
  const made = policy('p', 'P', 'p');
  const written = FlowSchema.parse({
    ...made,
    exceptions: [
      { permit: { categories: ['ssn'] }, reason: 'Until the upgrade', approvedBy: 'officer', expires: '2026-12-31' },
      { permit: { categories: ['mrn'] }, reason: 'Over', approvedBy: 'officer', expires: '2026-01-31' },
    ],
    expires: '2026-11-30',
  });
  const use = { flow: 'k', category: 'ssn', subject: 'patient', messages: 40 } as const;
  const rows = absorbedBy([written], [use, { ...use, category: 'date', messages: 7 }], () => ['k'], NOON);
  expect(rows.map(({ what, expires, messages }) => [what, expires, messages])).toEqual([
    ['everything it permits', '2026-11-30', 40],
    ['Social Security number', '2026-12-31', 40],
  ]);
});

it('has every day of a month, quiet ones too', () => {
  const today = Math.floor(NOON / DAY);
  const days = wholeDays([{ day: today - 1, opened: 2, closed: 1 }], 30, NOON);
  expect(days).toHaveLength(30);
  expect(days.at(-2)).toEqual({ day: today - 1, opened: 2, closed: 1 });
  expect(days.at(-1)).toEqual({ day: today, opened: 0, closed: 0 });
});

describe('the page', () => {
  let desk: Desk;
  let dana: Reader;
  beforeAll(async () => {
    desk = await openDesk();
    await seedMorning(desk);
    await desk.ledger.desk.round(desk.now);
    dana = await signIn(desk);
  });
  afterAll(() => desk.close());

  it('lists the decisions, coverage, and the days as a table', async () => {
    const page = await (await dana.get('/')).text();
    expectCleanPage(page);
    expect(page).toMatch(/<h1>\d decisions? to take/);
    expect(page).toContain('70 messages examined whole');
    expect(page).toContain('2 of 3 registered flows heard');
    expect(page).toContain('<td>2026-11-24</td>');
    expect(page).toContain('Next:');
  });

  it('has one line of what nothing confirms, which leads to all of it', async () => {
    const key = (flow: string) => `content|${flow}|name|NTE`;
    for (const flow of ['pumps', 'stock'])
      await flag(desk, [cause({ key: key(flow), flow, category: 'name', group: 'NTE', severity: 'low', unconfirmed: true })]);
    const home = await (await dana.get('/')).text();
    expect(home.replace(/<[^>]+>/g, '')).toContain(
      'Possible identifiers in texts that nothing confirms: 2 incidents on 2 flows, 2 messages, as one.',
    );
    const [, address = ''] = /<a href="([^"]+)">2 incidents<\/a>/.exec(home) ?? [];
    const queue = await (await dana.get(address)).text();
    expectCleanPage(queue);
    expect(queue).toContain('<h1>2 open incidents');
    expect(queue.match(/>Unconfirmed<\/span>/g)).toHaveLength(2);
    const [, one = ''] = /href="(\/incidents\/[^"?]+)"/.exec(queue.slice(queue.indexOf('<tbody'))) ?? [];
    expect(await (await dana.get(one)).text()).toContain('<dt>How sure</dt>');
    const { rows } = await desk.ledger.incidents.list({ unconfirmed: true, limit: 9 });
    for (const { id } of rows)
      await dana.post(`/incidents/${id}/transitions`, { from: 'open', to: 'false-positive', note: 'no' });
    expect(await (await dana.get('/')).text()).not.toContain('nothing confirms');
  });

  it('counts what somebody closed', async () => {
    const { rows } = await desk.ledger.incidents.list({ states: ['open'], limit: 1 });
    await dana.post(`/incidents/${rows[0]?.id}/transitions`, { from: 'open', to: 'resolved', note: 'done' });
    const days = await desk.ledger.overview.days(NOON - 30 * DAY);
    expect(days.reduce((sum, { closed }) => sum + closed, 0)).toBe(3);
    expect(days.reduce((sum, { opened }) => sum + opened, 0)).toBe(7);
  });
});
