import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence, KnownEvidence, Outcome } from '../../src/core/evidence.ts';
import { legClaimEvidence } from '../../src/policy/leg-claim.ts';
import type { Location } from '../../src/policy/location.ts';
import { matrixOf, standingOf } from '../../src/review/evidence-matrix.ts';
import { DAY, NOON } from '../ledger/rows.ts';
import { type Desk, openDesk, policy, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

const TARGET = 'tls:registry.example:6661';

function row(check: string, outcome: Outcome, over: Partial<Evidence> = {}): Evidence {
  const what = { target: TARGET, profile: 'rfc9325', section: '4.1', how: 'probed', reason: null, facts: {} } as const;
  return { ...what, check, outcome, at: NOON, expires: NOON + DAY, ...over };
}

const known = (evidence: Evidence): KnownEvidence => ({ ...evidence, since: evidence.at });

function asked(id: string) {
  const made = policy(id, 'Results to the registry', 'registry');
  return { ...made, destination: { ...made.destination, endpoint: 'registry.example:6661', location: 'registry-db' } };
}

describe('the matrix', () => {
  it.each<[string, Evidence[], string]>([
    ['nothing', [], 'unknown'],
    ['one failure among proofs', [row('version', 'proven'), row('suites', 'failed')], 'failed'],
    ['proofs alone', [row('version', 'proven'), row('suites', 'proven')], 'proven'],
    ['a proof that has expired', [row('version', 'proven', { at: NOON - 2 * DAY, expires: NOON - DAY })], 'unknown'],
    ['a proof about to end', [row('version', 'proven', { at: NOON - 0.8 * DAY, expires: NOON + 0.2 * DAY })], 'expiring'],
    ['another profile alone', [row('version', 'failed', { profile: 'iti-19' })], 'unknown'],
    ['what does not apply, and a proof', [row('sct', 'not_applicable'), row('version', 'proven')], 'proven'],
    ['what the engine says', [legClaimEvidence('f', { tls: '1.3', cipher: null }, NOON)], 'claimed'],
  ])('by %s', (_, evidence, overall) => {
    const { hops } = matrixOf([asked('f')], new Map(), evidence.map(known), NOON);
    expect(hops.map((hop) => hop.overall)).toEqual([overall]);
  });

  it('names what is missing of a place, and always has its own vault', () => {
    const { places } = matrixOf([asked('f')], new Map(), [], NOON);
    expect(places.map(({ id, gap }) => [id, gap])).toEqual([
      ['place:registry-db', expect.stringContaining('rules/locations')],
      ['place:vault', expect.any(String)],
    ]);
  });

  it('lets what does not apply go on not to', () => {
    expect(standingOf(known(row('sct', 'not_applicable', { expires: NOON - DAY })), NOON)).toBe('not_applicable');
  });
});

describe('the page', () => {
  let desk: Desk;
  let dana: Reader;
  beforeAll(async () => {
    desk = await openDesk();
    desk.policies.push(asked('lab-registry'));
    await desk.ledger.evidence.save([
      row('version', 'proven', { facts: { accepted: ['TLSv1.2', 'TLSv1.3'] } }),
      row('suites', 'failed', { reason: 'accepts <RC4>: take it out' }),
    ]);
    dana = await signIn(desk);
  });
  afterAll(() => desk.close());
  const text = async (path: string) => (await dana.get(path)).text();

  it('opens a cell under its row: facts, age, remedy', async () => {
    const whole = await text('/evidence');
    expectCleanPage(whole);
    expect(whole).toContain('<h1>Encryption of 1 of 1 hop failed its check</h1>');
    const opened = await text('/evidence?row=hop:lab-registry&check=version');
    expectCleanPage(opened);
    expect(opened).toContain('TLSv1.2, TLSv1.3');
    expect(await text('/evidence?row=hop:lab-registry')).toContain('Accepts &lt;RC4&gt;: take it out.');
  });

  it('asks what a place that was described at the desk names: a bucket, a key, a database', async () => {
    const verify = ['s3://results/', 'kms:alias/results', 'postgres://db.example/results'];
    const asked = 's3://results/, kms:alias/results, postgres://db.example:5432/results';
    const described: Location = { id: 'registry-db', title: 'Store', type: 'object-store', owner: 'IT', verify, attested: [] };
    await desk.ledger.places.save({ location: described, by: 'dana', at: NOON });
    expect(await text('/evidence')).toMatch(new RegExp(`Store</span><span class="sub">object store</span>[^]*${asked}`));
    await desk.ledger.places.remove('registry-db');
    expect(await text('/evidence')).not.toContain(asked);
  });

  it('keeps what it shows in the address, and refuses what does not exist', async () => {
    expect(await text('/evidence?show=proven')).toContain('None of them stands like this.');
    expect((await dana.get('/evidence?show=odd')).status).toBe(400);
  });

  it('is a file too, whose cells are no formulas', async () => {
    const file = await dana.get('/evidence.csv');
    expect(file.headers.get('Content-Disposition')).toBe('attachment; filename="cordon-evidence.csv"');
    const lines = (await file.text()).split('\r\n');
    expect(lines[0]).toBe('row,title,target,check,profile,section,outcome,how,reason,at,expires');
    expect(lines[1]).toContain(`hop:lab-registry,Results to the registry,${TARGET},suites`);
  });
});
