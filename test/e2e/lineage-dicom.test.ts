import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TraceAnswer } from '../../src/review/lineage-schemas.ts';
import { portOf } from '../support/agent.ts';
import { type AgentReader, sectionAt, signInAt, textOf } from '../support/agent-desk.ts';
import { cliHost, jsonLines } from '../support/cli.ts';
import { type DicomWay, MRN, NAME, openDicomWay, SSN } from '../support/dicom-way.ts';
import { searchFolder } from '../support/leak-search.ts';

/**
 * A scanner's operator types a patient's social security number into the comments of an image. The scanner sends it to the archive in clear, the
 * archive passes it on to a vendor over TLS, and a gateway of the vendor's over HTTP to somebody whom nobody registered. Scanner, archive and vendor are
 * DCMTK, the real legs as well as the copies. Whoever asks for the patient sees the scanner, the way, how each hop was encrypted, and where it came to rest.
 */

/** All that must be nowhere but where it is asked for. */
const PLANTED = new RegExp(`${SSN}|${SSN.replaceAll('-', '')}|${MRN}|${MRN.replaceAll('-', '')}|${NAME}`, 'i');

let way: DicomWay;
beforeAll(async () => {
  way = await openDicomWay();
  await way.send();
}, 240_000);
afterAll(() => way.close());
const host = cliHost();
afterAll(host.close);

const origin = (): string => `http://127.0.0.1:${portOf(way.agent, 'http')}`;
const cordon = (args: readonly string[], input = '') => host.run(args, { env: { CORDON_DATA: way.agent.data }, input });

/** From, to, over, encryption of the hop, the place where it came to rest. */
const WAY = [
  ['CT1', 'archive', 'dimse', 'failed', 'archive-store'],
  ['archive', 'vendor', 'dimse-tls', 'proven', 'vendor-store'],
  ['vendor-gateway', 'analytics', 'http', 'unknown', null],
];

/** The devices of each message, by what it says of the scanner and by what it came over; and each with its messages. */
const DEVICES = [['CT1'], ['ARCHIVE', 'CT1'], ['vendor-gateway', 'CT1']];
const SUMMED = [
  ['CT1', 3],
  ['ARCHIVE', 1],
  ['vendor-gateway', 1],
];

const IDENTIFIERS = [
  [SSN, 'ssn'],
  [MRN, 'mrn'],
  [`Marisol ${NAME} 1962-03-03`, 'name'],
] as const;

describe('an image that carries a leak from a scanner to a vendor’s store', () => {
  it.each(IDENTIFIERS)('is traced on the command line: %#', async (identifier, kind) => {
    const { code, out, err } = await cordon(['trace', '--kind', kind, '--format', 'ndjson'], `${identifier}\n`);
    expect(code, err).toBe(0);
    const lines = jsonLines(out);
    expect(lines[0]).toMatchObject({
      ...{ kind: 'exposure', persons: 1, messages: 3, recipients: 3 },
      entities: { self: 1, vendor: 1, unregistered: 1 },
      outcomes: { proven: 1, claimed: 0, unknown: 1, failed: 1 },
      locations: ['archive-store', 'vendor-store'],
    });
    const messages = lines.filter((line) => line.kind === 'message').map((line) => Event.parse(line));
    expect(messages.map(wayOf)).toEqual(WAY);
    for (const { path } of messages) expect(path).toEqual(messages.map(({ message }) => message));
    expect(messages.map(devicesIn)).toEqual(DEVICES);
    const devices = lines.filter((line) => line.kind === 'device').map((line) => Carrier.parse(line));
    expect(devices.map(({ title, messages: number }) => [title, number])).toEqual(SUMMED);
    expect(lines[0]).toMatchObject({ devicesOf: 3 });
    const printed = await cordon(['trace', '--kind', kind], `${identifier}\n`);
    expect(printed.out).toContain('archive > vendor > analytics');
    expect(printed.out).toMatch(/places: archive-store, vendor-store/);
    expect(printed.out).toMatch(/^DEVICE +MESSAGES .*\nCT1 +3 /m);
    expect(out + err + printed.out + printed.err).not.toMatch(PLANTED);
  });

  it.each(IDENTIFIERS)('is traced over the API: %#', async (identifier, kind) => {
    const answer = await fetch(`${origin()}/v1/trace`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await reviewKey()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ identifiers: [identifier], kind }),
    });
    expect(answer.status).toBe(200);
    const text = await answer.text();
    const { rows, paths, devices } = TraceAnswer.parse(JSON.parse(text));
    expect(rows.map(devicesIn)).toEqual(DEVICES);
    expect(paths[0]?.map(devicesIn)).toEqual(DEVICES);
    expect(devices.map(({ title, messages }) => [title, messages])).toEqual(SUMMED);
    expect(await serialOf(devices[0]?.id ?? '')).toBe('SM64-00817');
    expect(rows.map(wayOf)).toEqual(WAY);
    expect(rows.map(({ path }) => path)).toEqual([0, 0, 0]);
    expect(paths).toHaveLength(1);
    expect(paths[0]?.map(wayOf)).toEqual(WAY);
    expect(text).not.toMatch(PLANTED);
  });

  it.each(IDENTIFIERS)('is traced on the desk: %#', async (identifier, kind) => {
    const reader = await reviewer();
    const asked = await reader.post('/trace', { identifier, kind, at: '' });
    expect([asked.status, await asked.text()]).toEqual([303, '']);
    const address = asked.headers.get('Location') ?? '';
    const page = await reader.page(address);
    const text = textOf(page);
    expect(text).toContain('3 messages carried it to 3 systems');
    expect(text).toContain('Lies at archive-store, vendor-store');
    expect(page).toContain('href="/locations/place/vendor-store"');
    // The hops in the table and the messages below it, both in time order.
    const [rows, messages] = [
      sectionAt(page, '<section class="block" id="rows">'),
      sectionAt(page, '<h2>In time order</h2>'),
    ].map(textOf);
    const inOrder = (...parts: readonly string[]) => new RegExp(parts.map((part) => part.replaceAll('.', '\\.')).join('.*'));
    expect(rows).toMatch(
      inOrder(
        'CT1 → to archive ct-archive, dimse ourselves archive-store failed 1',
        'archive → to vendor archive-vendor, dimse-tls a vendor vendor-store proven 1',
        'vendor-gateway → to analytics no policy, http a receiver that no policy names none named unknown 1',
      ),
    );
    expect(messages).toMatch(
      inOrder(
        'CT1 → to archive CT Image failed flagged lies at archive-store Device CT1 The same',
        'archive → to vendor CT Image proven flagged lies at vendor-store Devices ARCHIVE, CT1 The same',
        'vendor-gateway → to analytics CT Image unknown flagged Devices vendor-gateway, CT1 The same',
      ),
    );
    const table = textOf(sectionAt(page, '<section class="block" id="devices">'));
    expect(table).toMatch(/3 devices .* CT1 3 .* ARCHIVE 1 .* vendor-gateway 1 /);
    const path = 'The same content went CT1 → to archive (failed) → to vendor (proven) → to analytics (unknown)';
    expect(text.split(path)).toHaveLength(4);
    expect(address + page).not.toMatch(PLANTED);
  });

  it('shows the scanner by its serial and its AE title, and the archive by its certificate', async () => {
    const reader = await reviewer();
    const list = await reader.page('/devices');
    const rows = [...list.matchAll(/<tr role="row">.*?<\/tr>/gs)].map(([row]) => row);
    const rowOf = (name: string): string => rows.find((row) => row.includes(`>${name}</a>`)) ?? expect.fail(`no ${name}`);
    const scanner = rowOf('CT1');
    expect(textOf(scanner)).toContain('NORTHLAKE IMAGING WORKS SLICEMASTER 64, serial SM64-00817 CT1');
    const facts = textOf(await reader.page(/href="(\/devices\/[^"]+)"/.exec(scanner)?.[1] ?? ''));
    for (const said of [
      'Serial number SM64-00817 (0018,1000)',
      'AE title CT1 connection',
      'version OFFIS_DCMTK_',
      'Facility Main Hospital',
    ])
      expect(facts).toContain(said);
    expect(facts).toMatch(/AE CT1 → to AE ARCHIVE CT Image [^→]*Social Security number[^→]* failed on the wire/);
    expect(facts).toMatch(/AE ARCHIVE → to AE VENDOR CT Image [^→]*Social Security number[^→]* proven on the wire/);
    expect(await confidenceOf('SM64-00817')).toBeGreaterThan(0.8);
    expect(await confidenceOf('SM64-00817')).toBeLessThan(0.9);
    expect(await confidenceOf('ARCHIVE')).toBeGreaterThan(0.9);
    expect(list + facts).not.toMatch(PLANTED);
  });

  it('shows the vendor’s place, and that nothing is known of it at rest', async () => {
    const page = await (await reviewer()).page('/locations/place/vendor-store');
    expect(textOf(page)).toContain(
      'Store of the vendor unknown Id vendor-store Type object store Where US Owner it@vendor.example',
    );
    expect(textOf(page)).toContain('→ to AE VENDOR archive-vendor 1');
    expect(page).not.toMatch(PLANTED);
  });

  it('says nobody’s identifier in anything that the agent printed or wrote', async () => {
    expect(way.agent.lines.join('\n')).not.toMatch(PLANTED);
    expect(await searchFolder(way.agent.data, [SSN, MRN, NAME])).toEqual([]);
  });
});

const Named = z.object({ title: z.string() });
const Event = z.object({
  ...{ message: z.string(), protocol: z.string(), transit: z.string(), location: z.string().nullable() },
  devices: z.array(Named),
  ...{ source: Named, destination: Named, path: z.array(z.string()).nullable() },
});

const Carrier = z.object({ title: z.string(), messages: z.int() });

function devicesIn({ devices }: Pick<z.output<typeof Event>, 'devices'>): readonly string[] {
  return devices.map(({ title }) => title);
}

function wayOf({
  source,
  destination,
  protocol,
  transit,
  location,
}: Omit<z.output<typeof Event>, 'message' | 'path' | 'devices'>) {
  return [source.title, destination.title, protocol, transit, location];
}

let signedIn: Promise<AgentReader> | null = null;
function reviewer(): Promise<AgentReader> {
  signedIn ??= signInAt(way.agent);
  return signedIn;
}

async function confidenceOf(search: string): Promise<number> {
  const answer = await fetch(`${origin()}/v1/devices?search=${search}`, {
    headers: { Authorization: `Bearer ${await reviewKey()}` },
  });
  const { rows } = z.object({ rows: z.array(z.object({ confidence: z.number() })) }).parse(await answer.json());
  expect(rows).toHaveLength(1);
  return rows[0]?.confidence ?? 0;
}

/** The serial number of a device, by its id. */
async function serialOf(id: string): Promise<string | undefined> {
  const answer = await fetch(`${origin()}/v1/devices/${id}`, { headers: { Authorization: `Bearer ${await reviewKey()}` } });
  const Body = z.object({ attributes: z.array(z.object({ name: z.string(), value: z.string() })) });
  const { attributes } = Body.parse(await answer.json());
  return attributes.find(({ name }) => name === 'serial')?.value;
}

let key: string | null = null;
async function reviewKey(): Promise<string> {
  key ??= (await cordon(['keys', 'create', '--name', 'siem', '--scope', 'review'])).out.trim();
  return key;
}
