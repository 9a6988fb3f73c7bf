import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { DeskRole } from '../../src/core/vocabulary.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { createTokensOf } from '../../src/lineage/identifier.ts';
import { allLocations } from '../../src/lineage/places/places.ts';
import type { IncidentCause, ObservedFlow } from '../../src/policy/decision.ts';
import { type FlowPolicy, FlowSchema } from '../../src/policy/flow.ts';
import { createReviewApp } from '../../src/review/app.ts';
import { createSignInLink, type LinkFor } from '../../src/review/auth.ts';
import type { ReviewDeps } from '../../src/review/deps.ts';
import type { Overlay } from '../../src/tuning/schema.ts';
import { acceptRow, cause, DAY, finding, flaggedRow, NOON, scanRow } from '../ledger/rows.ts';
import { exportingOf } from '../support/exporting.ts';
import { shippedPacks } from '../support/rules.ts';

export const HTTP = 'http://127.0.0.1:8480';

/** A desk on a ledger of its own, and a clock that the test owns. */
export interface Desk {
  readonly ledger: Ledger;
  /** What its app was made of, for another one on the same ledger. */
  readonly deps: ReviewDeps;
  readonly app: Hono;
  readonly reported: unknown[];
  readonly policies: FlowPolicy[];
  readonly overlays: Overlay[];
  /** Places of files, beside those that are described at the desk. */
  readonly places: Map<string, { verify: string[] }>;
  now: number;
  close(): Promise<void>;
}

export async function openDesk(options: { secure?: boolean; publicOrigin?: string } = {}): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-desk-'));
  const ledger = await openLedger({ path: join(folder, 'ledger.db'), migrate: true });
  await ledger.vault.saveDataKey('dk-test', 'wrapped', NOON);
  const reported: unknown[] = [];
  const policies: FlowPolicy[] = [];
  const overlays: Overlay[] = [];
  const places: Desk['places'] = new Map();
  const exporting = exportingOf(ledger);
  const deps: ReviewDeps = {
    ...ledger,
    policies: () => policies,
    packs: shippedPacks,
    overlays: () => overlays,
    exporting,
    vendors: async () => () => null,
    tokensOf: createTokensOf(exporting.keyring.tokenKeys),
    retention: 2000 * DAY,
    places: async () => new Map([...allLocations(exporting.locations, await ledger.places.list()), ...places]),
    clock: () => desk.now,
    secure: options.secure ?? false,
    ...(options.publicOrigin === undefined ? {} : { publicOrigin: options.publicOrigin }),
    version: '0.1.0',
    report: (error) => reported.push(error),
  };
  const app = createReviewApp(deps);
  const desk: Desk = {
    ledger,
    deps,
    app,
    reported,
    policies,
    overlays,
    places,
    now: NOON,
    async close() {
      await ledger.close();
      await rm(folder, { recursive: true });
    },
  };
  return desk;
}

/** A browser's worth of one session: its cookie and the token of its forms. */
export interface Reader {
  get(path: string): Promise<Response>;
  /** Sends a form as a page of ours does; `over` changes headers, `null` takes one away. */
  post(path: string, fields: Record<string, string>, over?: Record<string, string | null>): Promise<Response>;
  readonly csrf: string;
  readonly cookie: string;
}

export function formRequest(fields: Record<string, string>, headers: Record<string, string | null> = {}): RequestInit {
  const all = { Origin: HTTP, Host: '127.0.0.1:8480', 'Content-Type': 'application/x-www-form-urlencoded', ...headers };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return { method: 'POST', body: new URLSearchParams(fields).toString(), headers: Object.fromEntries(given) };
}

/** Signs in through the real pages, by a link of an account that is made where there is none. */
export async function signIn(desk: Desk, actor = 'dana', role: DeskRole = 'officer'): Promise<Reader> {
  const { accounts } = desk.ledger;
  await accounts.add({ id: `of-${actor}`, name: actor, role, password: null, at: desk.now });
  return comeIn(desk, actor, { role, account: `of-${actor}` });
}

/** The same by a link of no account: the name is claimed. */
export function signInAsGuest(desk: Desk, actor = 'dana', role: DeskRole = 'officer'): Promise<Reader> {
  return comeIn(desk, actor, { role });
}

async function comeIn(desk: Desk, actor: string, by: LinkFor): Promise<Reader> {
  const link = await createSignInLink(desk.ledger.access, () => desk.now, HTTP, by);
  const answer = await desk.app.request(`${HTTP}/sign-in`, formRequest({ link, actor, next: '/incidents' }));
  const cookie = (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
  const page = await (await desk.app.request(`${HTTP}/incidents`, { headers: { Cookie: cookie } })).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return {
    csrf,
    cookie,
    get: async (path) => desk.app.request(`${HTTP}${path}`, { headers: { Cookie: cookie } }),
    post: async (path, fields, over = {}) =>
      desk.app.request(`${HTTP}${path}`, formRequest({ csrf, ...fields }, { Cookie: cookie, ...over })),
  };
}

/** Accepts and scans one message that is a fact of these causes; opens their incidents. */
export async function flag(
  desk: Desk,
  causes: readonly IncidentCause[],
  over: Parameters<typeof flaggedRow>[1] = {},
): Promise<string> {
  const row = acceptRow({ receivedAt: desk.now });
  await desk.ledger.messages.accept(row);
  const scan = flaggedRow(row.id, over, causes);
  await desk.ledger.messages.saveScan({ ...scan, decision: { ...scan.decision, ...over.decision, causes } });
  return row.id;
}

/** One permitted message on a flow. */
export async function pass(desk: Desk, flow: ObservedFlow): Promise<void> {
  const row = acceptRow({ receivedAt: desk.now });
  await desk.ledger.messages.accept(row);
  const scan = scanRow(row.id);
  await desk.ledger.messages.saveScan({ ...scan, decision: { ...scan.decision, flow } });
}

/** One open incident; its id. */
export async function openIncident(desk: Desk, over: Partial<IncidentCause> = {}): Promise<string> {
  await flag(desk, [cause(over)]);
  const { rows } = await desk.ledger.incidents.list({ states: ['open'], limit: 1 });
  return rows[0]?.id ?? '';
}

export const VENDOR: ObservedFlow = {
  key: 'http|VENDOR CLOUD|EHR',
  listener: 'http',
  source: 'EHR',
  destination: 'VENDOR CLOUD',
  policy: 'vendor-cloud',
};
const LAB: ObservedFlow = {
  key: 'mllp|REGISTRY|LIS',
  listener: 'mllp',
  source: 'LIS',
  destination: 'REGISTRY',
  policy: 'lab-registry',
};
const PUMPS: ObservedFlow = {
  key: 'mllp|DRUGLIB|PUMPS',
  listener: 'mllp',
  source: 'PUMPS',
  destination: 'DRUGLIB',
  policy: null,
};

export function policy(id: string, title: string, system: string): FlowPolicy {
  return FlowSchema.parse({
    id,
    title,
    owner: 'privacy@hospital.example',
    status: 'active',
    match: [{ listener: 'mllp' }],
    destination: { system, entity: 'vendor', country: 'US' },
    basis: { purpose: 'operations', dataset: 'limited', agreement: { kind: 'dua', ref: 'DUA-7', expires: '2027-12-31' } },
    permit: [{ types: ['ORU^R01'], subjects: ['patient'], categories: ['date', 'geo'], paths: ['PID-*'] }],
    expires: '2027-10-31',
  });
}

/** A morning's worth: incidents of every severity, flows registered and not, one decision made. Synthetic. */
export async function seedMorning(desk: Desk): Promise<void> {
  const start = desk.now;
  desk.policies.push(
    policy('vendor-cloud', 'Results to the vendor cloud', 'vendor'),
    policy('lab-registry', 'Lab results to the state registry', 'registry'),
  );
  desk.policies.push(policy('adt-portal', 'Admissions to the patient portal', 'portal'));
  const note = finding({
    rule: 'echo.name',
    pack: 'echo@1.0.0',
    category: 'name',
    path: 'OBX[3]-5',
    mask: 'AAAA, Aaaa',
    confidence: 0.97,
  });
  const ssn = finding({ severity: 'critical' });
  const born = finding({
    rule: 'free-text.date',
    pack: 'free-text@1.0.0',
    category: 'date',
    path: 'OBR-13',
    mask: '99/99/9999',
    severity: 'medium',
    confidence: 0.8,
  });
  const scans: [ObservedFlow, ReturnType<typeof finding>, IncidentCause, number][] = [
    [VENDOR, note, cause({ key: 'c1', flow: 'vendor-cloud', category: 'name', group: 'OBX' }), 14],
    [LAB, ssn, cause({ key: 'c2', severity: 'critical' }), 3],
    [LAB, born, cause({ key: 'c3', category: 'date', group: 'OBR', severity: 'medium' }), 2],
    [PUMPS, note, cause({ key: 'c4', reason: 'flow.unregistered', flow: PUMPS.key, category: null, group: null }), 31],
  ];
  let ago = 26 * 3_600_000;
  for (const [flow, found, opened, times] of scans) {
    for (let n = 0; n < times; n++) {
      desk.now = start - ago;
      ago = Math.round(ago * 0.9);
      const scan = scanRow('');
      await flag(desk, [opened], {
        findings: [found],
        patients: [`k1.${opened.key}-${n % 5}`],
        decision: { ...scan.decision, flow },
      });
    }
  }
  for (let n = 0; n < 20; n++) {
    desk.now = start - 600_000 + n;
    await pass(desk, n % 2 === 0 ? LAB : VENDOR);
  }
  desk.now = start;
  const raised = {
    ...cause({ key: 'c5', reason: 'flow.silent', flow: 'adt-portal', category: null, group: null, severity: 'low' }),
    matches: [],
  };
  await desk.ledger.incidents.raise(raised, { source: 'ADT', destination: 'PORTAL', at: start - 1_800_000 });
}
