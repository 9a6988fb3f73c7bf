import { token } from '../../src/core/token.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { NO_LOCATIONS } from '../../src/policy/location.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { createReviewApp } from '../../src/review/app.ts';
import { hashSecret, newSecret } from '../../src/review/secrets.ts';
import { shippedPacks } from '../support/rules.ts';

const DAY_MS = 86_400_000;
const HTTP = 'http://127.0.0.1:8480';

/** Milliseconds of server time that they may take. */
const PAGE_BAR = 50;
const TRACE_BAR = 200;

/** What is asked, what it may take, and how. */
export type Asked = readonly [name: string, bar: number, ask: () => Promise<unknown>];

/** Pages as people ask for them, through the whole desk; and what is under those that other pages are made of. */
export async function asked(ledger: Ledger, keyring: Keyring): Promise<readonly Asked[]> {
  const { get, trace } = await reader(ledger, keyring);
  const open = (await ledger.incidents.list({ states: ['open'], limit: 1 })).rows[0];
  const [flow, id] = [encodeURIComponent(open?.flow ?? ''), open?.id ?? ''];
  const loud = await loudest(ledger);
  const device = (await ledger.devices.list({ limit: 1 })).rows[0]?.id ?? '';
  const deep = encodeURIComponent(await deepCursor(ledger));
  const page = (path: string, bar = PAGE_BAR): Asked => [path.replace(deep, 'DEEP'), bar, () => get(path)];
  const traced = async (name: string, who: string): Promise<Asked> => {
    const path = await trace(who);
    return [name, TRACE_BAR, () => get(path)];
  };
  return [
    ...['/', '/incidents', '/incidents?state=all', `/incidents?state=all&cursor=${deep}`].map((path) => page(path)),
    ...['/incidents?severity=high', '/incidents?state=resolved&category=ssn', '/incidents?late=yes'].map((path) => page(path)),
    ...[`state=all&flow=${flow}`, 'state=all&q=registry', 'state=all&period=30d'].map((query) => page(`/incidents?${query}`)),
    page(`/incidents/${id}`),
    [`/incidents/${id} (most facts: ${loud.messages})`, PAGE_BAR, () => get(`/incidents/${loud.id}`)],
    ...['/flows', `/flows/${flow}`, '/flows/drafts', '/rules', '/locations', '/audit'].map((path) => page(path)),
    ...['/devices', '/devices?search=SN-LIS', `/devices/${device}`, '/reports', '/reports/reviews'].map((path) => page(path)),
    ...['/map', '/reports/disclosures', '/evidence'].map((path) => page(path, TRACE_BAR)),
    await traced('/trace, a patient with some 17 messages', 'seed 17'),
    await traced('/trace, a patient with a hundredth of all messages', 'seed often'),
    ['lineage edges', TRACE_BAR, () => ledger.lineage.edges(Date.now())],
    ['lineage between two months', TRACE_BAR, () => ledger.lineage.between(Date.now() - 60 * DAY_MS, Date.now())],
    ...['/incidents.csv', '/flows.csv', '/devices.csv', '/map.csv'].map(
      (path): Asked => [`${path}, to the first byte`, PAGE_BAR, () => get(path, true)],
    ),
  ];
}

async function loudest(ledger: Ledger): Promise<{ id: string; messages: number }> {
  let most = { id: '', messages: -1 };
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ledger.incidents.list>> = await ledger.incidents.list({
      limit: 1000,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const { id, messages } of page.rows) if (messages > most.messages) most = { id, messages };
    cursor = page.next;
  } while (cursor !== null);
  return most;
}

async function deepCursor(ledger: Ledger): Promise<string> {
  let cursor: string | null = null;
  for (let read = 0; read < 20_000; read += 1000) {
    cursor = (await ledger.incidents.list({ limit: 1000, ...(cursor === null ? {} : { cursor }) })).next ?? cursor;
  }
  return cursor ?? '';
}

interface Reader {
  /** Throws where a page is not shown: its time would say nothing. */
  get(path: string, firstByte?: boolean): Promise<void>;
  /** Asks Trace for a made-up patient; the address of the answer. */
  trace(identifier: string): Promise<string>;
}

/** Somebody who is signed in. */
async function reader(ledger: Ledger, keyring: Keyring): Promise<Reader> {
  const [secret, csrf] = [newSecret(), newSecret()];
  const now = Date.now();
  const ends = { startedAt: now, idleUntil: now + DAY_MS, expires: now + DAY_MS };
  const who = { user: 'bench', actor: 'bench', role: 'officer', how: 'password' } as const;
  await ledger.access.createSession({ ...who, ...ends, hash: hashSecret(secret), id: newSecret(), csrf });
  const app = createReviewApp({
    ...ledger,
    policies: () => [],
    packs: shippedPacks,
    overlays: () => [],
    exporting: { ledger, keyring, register: compileRegister([]), locations: NO_LOCATIONS },
    vendors: async () => () => null,
    tokensOf: (identifier) => [token(keyring.tokenKey, 'number', identifier)],
    retention: 2000 * DAY_MS,
    places: async () => new Map(),
    clock: Date.now,
    secure: false,
    version: '0',
    report: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  });
  const cookie = { Cookie: `cordon=${secret}` };
  return {
    async get(path, firstByte = false) {
      const answer = await app.request(`${HTTP}${path}`, { headers: cookie });
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      if (!firstByte) return void (await answer.text());
      const body = answer.body?.getReader();
      await body?.read();
      await body?.cancel();
    },
    async trace(identifier) {
      const headers = { ...cookie, Origin: HTTP, Host: '127.0.0.1:8480', 'Content-Type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams({ csrf, identifier, kind: '', at: '' }).toString();
      const answer = await app.request(`${HTTP}/trace`, { method: 'POST', headers, body });
      if (answer.status !== 303) throw new Error(`/trace answered ${answer.status}`);
      return answer.headers.get('Location') ?? '';
    },
  };
}
