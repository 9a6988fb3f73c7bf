import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { token } from '../../src/core/token.ts';
import type { DeskRole, Finding } from '../../src/core/vocabulary.ts';
import { toFinding } from '../../src/detect/describe.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { createDataKeys } from '../../src/ledger/vault/data-keys.ts';
import { seal } from '../../src/ledger/vault/seal.ts';
import type { FlowPolicy } from '../../src/policy/flow.ts';
import { createOpenValue } from '../../src/reveal/open-value.ts';
import { createReviewApp } from '../../src/review/app.ts';
import { hashSecret, newSecret } from '../../src/review/secrets.ts';
import { acceptRow, cause, DAY, flaggedRow, NOON } from '../ledger/rows.ts';
import { formRequest, HTTP } from '../review/desk.ts';
import { exportingOf } from '../support/exporting.ts';
import { shippedRules } from '../support/rules.ts';

/** The value that nobody but its asker may ever see. */
export const SECRET = '536-22-8147';
const MESSAGE = ['MSH|^~\\&|LIS|LAB|REG|STATE|20261124||ORU^R01|1|P|2.5.1', 'PID|1||||DOE^JANE', `ZPI|1|SSN ${SECRET}`, ''].join(
  '\r',
);

/** A desk over a real vault, whose clock and keyring the test owns. */
export interface VaultDesk {
  readonly ledger: Ledger;
  readonly app: Hono;
  readonly reported: unknown[];
  readonly policies: FlowPolicy[];
  readonly places: Map<string, { verify: string[] }>;
  readonly incident: string;
  readonly message: string;
  readonly finding: Finding;
  now: number;
  /** Ends the key service: what would unwrap a key rejects with this. */
  broken: Error | null;
  /** Everything that rests under the ledger's folder, as one text. */
  resting(): string;
  close(): Promise<void>;
}

export async function openVaultDesk(options: { off?: boolean } = {}): Promise<VaultDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-reveal-'));
  const ledger = await openLedger({ path: join(folder, 'ledger.db'), migrate: true });
  const real = openFileKeyring(join(folder, 'keyring.json'), true);
  const state = { broken: null as Error | null };
  const keyring: Keyring = {
    ...real,
    unwrap: (wrapped) => (state.broken === null ? real.unwrap(wrapped) : Promise.reject(state.broken)),
  };
  const { message, finding } = await store(ledger, keyring);
  const { rows } = await ledger.incidents.list({ limit: 1 });
  const reported: unknown[] = [];
  const policies: FlowPolicy[] = [];
  const places: VaultDesk['places'] = new Map();
  const app = createReviewApp({
    ...ledger,
    ...(options.off === true ? {} : { revealing: { openFor: 600_000, open: createOpenValue(ledger, keyring) } }),
    policies: () => policies,
    packs: () => [],
    overlays: () => [],
    exporting: exportingOf(ledger),
    vendors: async () => () => null,
    tokensOf: () => [],
    retention: 2000 * 86_400_000,
    places: async () => places,
    clock: () => desk.now,
    secure: false,
    version: '0.1.0',
    report: (error) => reported.push(error),
  });
  const desk: VaultDesk = {
    ledger,
    app,
    reported,
    policies,
    places,
    incident: rows[0]?.id ?? '',
    message,
    finding,
    now: NOON,
    get broken() {
      return state.broken;
    },
    set broken(error) {
      state.broken = error;
    },
    resting: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    async close() {
      await ledger.close();
      await rm(folder, { recursive: true });
    },
  };
  return desk;
}

/** Accepts the message, sealed for real, and saves what the shipped rules find in it. */
async function store(ledger: Ledger, keyring: Keyring): Promise<{ message: string; finding: Finding }> {
  const key = await (await createDataKeys(ledger.vault, keyring)).current(NOON);
  const body = Buffer.from(MESSAGE, 'latin1');
  const row = acceptRow({ body, dataKey: key.id });
  await ledger.messages.accept({ ...row, chunks: seal(body, key.key, row.id) });
  const [parsed] = parseBody({ bytes: body, elided: [] });
  if (parsed === undefined) throw new Error('the message is parsed');
  const found = detect(parsed, shippedRules()).matches.map((match) =>
    toFinding(parsed, match, (kind, value) => token(keyring.tokenKey, kind, value)),
  );
  const index = found.findIndex(({ category }) => category === 'ssn');
  const finding = found[index];
  if (finding === undefined) throw new Error('the number is found');
  const scan = flaggedRow(row.id, { findings: found, keepBodyUntil: NOON + 30 * DAY }, [cause({ matches: [index] })]);
  await ledger.messages.saveScan(scan);
  return { message: row.id, finding };
}

export interface Person {
  get(path: string): Promise<Response>;
  post(path: string, fields?: Record<string, string>): Promise<Response>;
}

/** Somebody who is signed in; `user` of the form `link:…` came by a link. */
export async function person(desk: VaultDesk, user: string, role: DeskRole = 'officer'): Promise<Person> {
  const secret = newSecret();
  const csrf = newSecret();
  const ends = { startedAt: desk.now, idleUntil: desk.now + 30 * DAY, expires: desk.now + 30 * DAY };
  const how = user.startsWith('link:') ? 'link' : 'password';
  const session = { hash: hashSecret(secret), id: randomUUID(), user, actor: user, role, how, csrf, ...ends } as const;
  await desk.ledger.access.createSession(session);
  const cookie = `cordon=${secret}`;
  return {
    get: async (path) => desk.app.request(`${HTTP}${path}`, { headers: { Cookie: cookie } }),
    post: async (path, fields = {}) => desk.app.request(`${HTTP}${path}`, formRequest({ csrf, ...fields }, { Cookie: cookie })),
  };
}
