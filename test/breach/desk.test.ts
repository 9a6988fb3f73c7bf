import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hop, lineageRow } from '../ledger/lineage-rows.ts';
import { acceptRow, cause, flaggedRow, NOON, scanRow } from '../ledger/rows.ts';
import { openVaultDesk, type Person, person, SECRET, type VaultDesk } from '../reveal/people.ts';
import { expectCleanPage } from '../review/html.ts';

let desk: VaultDesk;
let dana: Person;
let path: string;

beforeAll(async () => {
  desk = await openVaultDesk();
  desk.now = NOON + 3 * 86_400_000;
  dana = await person(desk, 'dana');
  path = `/incidents/${desk.incident}/breach`;
});
afterAll(() => desk.close());

const low = Object.fromEntries(
  ['nature', 'recipient', 'acquired', 'mitigated'].flatMap((name) => [
    [`${name}-text`, `about ${name}`],
    [`${name}-risk`, 'low'],
  ]),
);
const answers = { act: 'draft', version: '1', discovered: '2026-11-24', people: '12', residents: '', exceptionWhy: '', why: '' };

async function text(at = path): Promise<string> {
  const answer = await dana.get(at);
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('the breach assessment of an incident', () => {
  it('is filled in with what is known, and says nothing of what it means', async () => {
    const page = await text();
    expectCleanPage(page);
    for (const part of ['Day 3 of 60: not yet assessed', '2027-01-23', '2027-03-01', 'Social Security number (', '164.408(c)']) {
      expect(page).toContain(part);
    }
    expect(page).not.toContain(SECRET);
    // Of each choice the one that decides nothing is chosen.
    expect(page.match(/<input type="radio"[^>]* checked>/g)).toHaveLength(7);
    expect(page.match(/value="" checked>/g)).toHaveLength(7);
    expect(page).toContain('The safe harbour is open only where');
  });

  it('says where the same content was seen going after it was received', async () => {
    const { messages, incidents, vault } = desk.ledger;
    await vault.saveDataKey('dk-test', 'wrapped', NOON);
    const first = acceptRow({ receivedAt: NOON + 1 });
    const second = acceptRow({ receivedAt: NOON + 2 });
    for (const row of [first, second]) await messages.accept(row);
    const leaked = cause({ key: 'onward', group: 'OBX' });
    await messages.saveScan({ ...flaggedRow(first.id, {}, [leaked]), lineage: lineageRow({ prints: ['p1'] }) });
    const on = hop({ id: 2, source: 'sys:registry', destination: 'sys:statistics' });
    await messages.saveScan({ ...scanRow(second.id), lineage: lineageRow({ hop: on, prints: ['p1'] }) });
    const { id = '' } = (await incidents.list({ limit: 10 })).rows.find(({ key }) => key === 'onward') ?? {};
    expect(await text(`/incidents/${id}/breach`)).toContain('The same content was then seen going to statistics.');
    expect(await text()).not.toContain('was then seen going');
  });

  it('keeps drafts and a signed version under a name, on the audit log', async () => {
    expect((await dana.post(path, answers)).status).toBe(303);
    const kim = await person(desk, 'kim');
    const sign = {
      ...answers,
      ...low,
      version: '2',
      act: 'sign',
      conclusion: 'low-probability',
      why: 'the recipient is a hospital',
    };
    expect((await kim.post(path, sign)).status).toBe(303);
    const page = await text();
    for (const part of ['A low probability', '<strong>signed</strong> by kim', 'kept as a draft</strong> by dana'])
      expect(page).toContain(part);
    expect(await text(`${path}?version=1`)).not.toContain('the recipient is a hospital</textarea>');
    const [signed, draft] = (await desk.ledger.audit.list({ limit: 10 })).filter(({ action }) => action.startsWith('breach.'));
    expect(signed).toMatchObject({ action: 'breach.sign', actor: 'kim', detail: { version: 2, conclusion: 'low-probability' } });
    expect(draft).toMatchObject({ action: 'breach.draft', actor: 'dana', object: `incident:${desk.incident}` });
  });

  it('signs nothing that is not complete, and loses nothing that was typed', async () => {
    const before = (await desk.ledger.breaches.versions(desk.incident, 10)).length;
    const attempts: [Record<string, string>, string][] = [
      [{ act: 'sign', why: 'half an answer' }, 'Choose a conclusion'],
      [{ act: 'sign', why: 'half an answer', conclusion: 'low-probability' }, 'all four factors'],
      [{ act: 'sign', why: 'half an answer', conclusion: 'secured', ciphertextAlone: 'yes' }, 'does not prove encryption'],
      [{ discovered: '2026-11-25', why: 'half an answer' }, 'The clock starts with the first alert'],
    ];
    for (const [fields, problem] of attempts) {
      const answer = await dana.post(path, { ...answers, version: String(before + 1), ...fields });
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expect(page).toContain(problem);
      expect(page).toContain('half an answer');
    }
    for (const unread of [{ people: 'many' }, { discovered: '' }, { delay: 'written', delayOn: '' }, { why: 'x'.repeat(4001) }]) {
      const sent = { ...answers, version: String(before + 1), 'nature-text': 'typed for an hour', ...unread };
      const answer = await dana.post(path, sent);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('typed for an hour');
    }
    expect(await desk.ledger.breaches.versions(desk.incident, 10)).toHaveLength(before);
  });

  it('is there to read for who may read incidents, and not to change', async () => {
    const reader = await person(desk, 'ari', 'auditor');
    const page = await (await reader.get(path)).text();
    expectCleanPage(page);
    expect(page).toContain('<strong>signed</strong> by kim');
    expect(page).not.toContain('type="submit" name="act"');
    expect((await (await person(desk, 'bo', 'biomed')).get(path)).status).toBe(403);
  });

  it('takes a draft of who came by a link, and no signature', async () => {
    const guest = await person(desk, 'link:pat');
    expect(await (await guest.get(path)).text()).not.toContain('value="sign"');
    const version = String((await desk.ledger.breaches.versions(desk.incident, 10)).length + 1);
    const said = { ...answers, version, conclusion: 'breach', why: 'it was read' };
    const refused = await guest.post(path, { ...said, act: 'sign' });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('with an account of your own')]);
    expect((await guest.post(path, said)).status).toBe(303);
  });

  it('tells who kept one meanwhile, and is open to officers alone', async () => {
    const late = await dana.post(path, { ...answers, why: 'typed for an hour' });
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('typed for an hour');
    for (const role of ['analyst', 'auditor', 'biomed', 'admin'] as const) {
      expect((await (await person(desk, role, role)).post(path, answers)).status).toBe(403);
    }
    expect((await dana.post(path, { ...answers, csrf: 'x' })).status).toBe(403);
    expect((await dana.get('/incidents/nobody/breach')).status).toBe(404);
  });
});
