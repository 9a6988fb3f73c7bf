import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { revealSection, valueKey } from '../../src/review/reveal-section.ts';
import { DAY, HOUR } from '../ledger/rows.ts';
import { expectCleanPage } from '../review/html.ts';
import { openVaultDesk, type Person, person, SECRET, type VaultDesk } from './people.ts';

let desk: VaultDesk;
let dana: Person;
let kim: Person;

beforeEach(async () => {
  desk = await openVaultDesk();
  dana = await person(desk, 'dana', 'analyst');
  kim = await person(desk, 'kim');
});
afterEach(() => desk.close());

const value = () => valueKey(desk.message, desk.finding);

/** Asks, and returns the reveal's address. */
async function ask(by: Person = dana, over: Record<string, string> = {}): Promise<string> {
  const asked = await by.post(`/incidents/${desk.incident}/reveals`, { value: value(), reason: 'which clinic to call', ...over });
  expect(asked.status).toBe(303);
  return asked.headers.get('Location') ?? '';
}

const acted = async () =>
  (await desk.ledger.audit.list({ limit: 50 }))
    .filter(({ action }) => action.startsWith('reveal.'))
    .map(({ action, actor, detail }) => [action, actor, detail.outcome ?? null])
    .reverse();

describe('a reveal at the desk', () => {
  it('shows the value to who asked, for minutes, after a second person approved, each act on the audit log', async () => {
    const address = await ask();
    expect((await dana.post(`${address}/value`)).status).toBe(403);
    expect(await (await kim.get('/reveals')).text()).toContain('1 reveal waits for a decision');
    const [columns, row] = (await (await kim.get('/reveals.csv')).text()).split('\r\n');
    expect(columns).toBe('id,incident,state,reason,asked_by,asked,decided_by,decided,until');
    expect(row).toMatch(new RegExp(`^${address.split('/').at(-1)},${desk.incident},asked,`));
    expect(row).not.toContain(SECRET);
    expect((await kim.post(`${address}/approve`)).status).toBe(303);
    const before = await (await dana.get(address)).text();
    expect(before).toContain('Show the value');
    expect(before).not.toContain(SECRET);

    const shown = await dana.post(`${address}/value`);
    const page = await shown.text();
    expect([shown.status, shown.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(page.split(SECRET)).toHaveLength(2);
    expectCleanPage(page);

    const refused = await kim.post(`${address}/value`);
    expect(refused.status).toBe(403);
    expect(await refused.text()).not.toContain(SECRET);
    desk.now += 600_000;
    const late = await dana.post(`${address}/value`);
    expect(late.status).toBe(403);
    expect(await late.text()).not.toContain(SECRET);
    expect(await acted()).toEqual([
      ['reveal.ask', 'dana', null],
      ['reveal.refused', 'dana', null],
      ['reveal.approve', 'kim', null],
      ['reveal.look', 'dana', 'value'],
      ['reveal.refused', 'kim', null],
      ['reveal.refused', 'dana', null],
    ]);
  });

  it('leaves the value nowhere: no file of the ledger, no entry, no report has it', async () => {
    const address = await ask();
    await kim.post(`${address}/approve`);
    expect(await (await dana.post(`${address}/value`)).text()).toContain(SECRET);
    const entries = JSON.stringify(await desk.ledger.audit.list({ limit: 50 }));
    for (const form of [SECRET, SECRET.replaceAll('-', '')]) {
      expect(address + entries + JSON.stringify(desk.reported)).not.toContain(form);
      expect(desk.resting()).not.toContain(form);
    }
    expect(entries).toContain('reveal.look');
  });

  it('is never approved by who asked, in whatever role, nor by who may only ask', async () => {
    const address = await ask(kim);
    const same = await kim.post(`${address}/approve`);
    expect(same.status).toBe(403);
    expect(await same.text()).toContain('another person has to');
    // The same account in another session.
    expect((await (await person(desk, 'kim')).post(`${address}/approve`)).status).toBe(403);
    expect((await dana.post(`${address}/approve`)).status).toBe(403);
    for (const role of ['auditor', 'biomed', 'admin'] as const) {
      const other = await person(desk, `other-${role}`, role);
      for (const path of ['/reveals', address]) expect((await other.get(path)).status).toBe(403);
      for (const step of ['approve', 'deny', 'value']) expect((await other.post(`${address}/${step}`)).status).toBe(403);
    }
    expect((await desk.ledger.reveals.ofIncident(desk.incident, 5))[0]?.state).toBe('asked');
  });

  it('takes nothing from whose name came with a link: two such names may be one person', async () => {
    const guest = await person(desk, 'link:lee');
    expect((await guest.post(`/incidents/${desk.incident}/reveals`, { value: value(), reason: 'r' })).status).toBe(403);
    const address = await ask();
    expect((await guest.post(`${address}/approve`)).status).toBe(403);
    expect(await (await guest.get(address)).text()).toContain('sign in with an account of your own');
  });

  it('is decided once, by the first of two', async () => {
    const lee = await person(desk, 'lee');
    const address = await ask();
    const [one, other] = await Promise.all([kim.post(`${address}/approve`), lee.post(`${address}/deny`)]);
    expect([one.status, other.status].sort()).toEqual([303, 409]);
  });

  it('that was denied, withdrawn or left alone opens nothing', async () => {
    const denied = await ask();
    await kim.post(`${denied}/deny`);
    const withdrawn = await ask();
    expect((await kim.post(`${withdrawn}/withdraw`)).status).toBe(403);
    await dana.post(`${withdrawn}/withdraw`);
    const left = await ask();
    desk.now += 24 * HOUR;
    expect((await kim.post(`${left}/approve`)).status).toBe(409);
    for (const address of [denied, withdrawn, left]) expect((await dana.post(`${address}/value`)).status).toBe(403);
  });

  it('says so where the body is gone, or the keys are away', async () => {
    const address = await ask();
    await kim.post(`${address}/approve`);
    desk.broken = new CordonError('keyring.unavailable', 'no answer');
    const locked = await dana.post(`${address}/value`);
    expect(locked.status).toBe(503);
    expect(await locked.text()).toContain('The service that holds the keys does not answer');
    desk.broken = null;
    await desk.ledger.vault.dropExpired(desk.now + 40 * DAY);
    expect(await (await dana.post(`${address}/value`)).text()).toContain('The body of this message was dropped');
    expect((await acted()).slice(-2)).toEqual([
      ['reveal.look', 'dana', 'locked'],
      ['reveal.look', 'dana', 'gone'],
    ]);
  });

  it('asks for a sample of the incident, with a reason, from a page of ours', async () => {
    const path = `/incidents/${desk.incident}/reveals`;
    const other = valueKey(desk.message, { ...desk.finding, path: 'PID-5' });
    // Found in the same message, and no part of this incident.
    const stranger = (await desk.ledger.messages.findings(desk.message)).find(({ category }) => category === 'name');
    expect(stranger).toBeDefined();
    const beside = stranger === undefined ? '' : valueKey(desk.message, stranger);
    for (const fields of [
      { reason: 'r' },
      { value: value(), reason: ' ' },
      { value: other, reason: 'r' },
      { value: beside, reason: 'r' },
      { value: '[1]', reason: 'r' },
    ]) {
      expect((await dana.post(path, fields)).status).toBe(400);
    }
    expect((await dana.post(path, { value: value(), reason: 'r', csrf: 'x' })).status).toBe(403);
    expect((await dana.post('/incidents/nobody/reveals', { value: value(), reason: 'r' })).status).toBe(400);
    expect(await desk.ledger.reveals.ofIncident(desk.incident, 5)).toEqual([]);
  });

  it('shows on the page of its incident, with masks alone', async () => {
    await ask();
    const samples = await desk.ledger.incidents.samples(desk.incident, 10);
    const deps = {
      reveals: desk.ledger.reveals,
      revealing: { openFor: 1, open: async () => ({ kind: 'gone' }) as const },
      clock: () => desk.now,
    };
    const session = { id: 's', user: 'dana', actor: 'dana', role: 'analyst', how: 'password', csrf: 'c' } as const;
    const section = String(await revealSection(deps, session, desk.incident, samples));
    expect(section).toContain('Waits for a second person');
    expect(section).toContain(desk.finding.mask);
    expect(section).not.toContain(SECRET);
    expect(String(await revealSection(deps, { ...session, role: 'auditor' }, desk.incident, samples))).toBe('');
  });

  it('is not there where the configuration shows no value to anybody', async () => {
    const off = await openVaultDesk({ off: true });
    try {
      const lee = await person(off, 'lee');
      expect((await lee.get('/reveals')).status).toBe(404);
      expect((await lee.post(`/incidents/${off.incident}/reveals`, {})).status).toBe(404);
    } finally {
      await off.close();
    }
  });
});
