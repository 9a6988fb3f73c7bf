import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { PassThrough, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceExporter } from '../../../src/exports/evidence/exporter.ts';
import { type Entry, entryOf, spooled } from '../../../src/exports/evidence/spool.ts';
import { filesOf, zipOf } from '../../../src/exports/evidence/zip.ts';
import { zipChunks } from '../../../src/exports/evidence/zip-stream.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { IncidentRow } from '../../../src/policy/decision.ts';
import { compileRegister } from '../../../src/policy/register.ts';
import { removeFolders } from '../../ledger/folder.ts';
import { incidentRow } from '../../policy/incident-row.ts';
import { evidenceCase, FROM, TO } from './case.ts';

type Case = Awaited<ReturnType<typeof evidenceCase>>;
let made: Case;
beforeAll(async () => {
  made = await evidenceCase();
});
afterAll(async () => {
  await made.ledger.close();
  removeFolders();
});

async function* listed(...entries: readonly Entry[]): AsyncGenerator<Entry> {
  yield* entries;
}
async function* counted(count: number): AsyncGenerator<object> {
  for (let row = 0; row < count; row++) yield { row, text: 'ä'.repeat(row % 50) };
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** The store with as many incidents as that, none of which rests anywhere. */
function withIncidents(count: number): Ledger {
  const row = (index: number): IncidentRow => incidentRow({ id: String(index).padStart(8, '0'), flow: `flow-${index}` });
  const incidents = async (after: string, limit: number): Promise<IncidentRow[]> => {
    const start = after === '' ? 0 : Number(after) + 1;
    return Array.from({ length: Math.min(limit, count - start) }, (_, index) => row(start + index));
  };
  return { ...made.ledger, exports: { ...made.ledger.exports, incidents } };
}

function exported(ledger: Ledger, out: Writable): Promise<void> {
  const who = { actor: 'cli:auditor', role: 'operator', clock: () => TO + 2 * 3_600_000 };
  const request = {
    period: { from: FROM, to: TO },
    ledger,
    keyring: made.keyring,
    register: compileRegister([]),
    locations: new Map(),
    ...who,
  };
  return evidenceExporter.write(request, out);
}

const leftBehind = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cordon-') && /[0-9a-f]{8}-/.test(name));

describe('a zip that is written as its files come', () => {
  it('has the bytes of the one that is made at once', async () => {
    const rows = await spooled('b.ndjson', counted(5000));
    const bytes = await buffer(Readable.from(rows.bytes()));
    expect(bytes.toString('utf8').split('\n')[4999]).toBe(JSON.stringify({ row: 4999, text: 'ä'.repeat(49) }));
    expect(rows.size).toBe(bytes.length);
    const streamed = await buffer(zipChunks(listed(entryOf('ä.txt', 'text'), rows, entryOf('empty', ''))));
    const atOnce = zipOf([
      { name: 'ä.txt', bytes: Buffer.from('text') },
      { name: 'b.ndjson', bytes },
      { name: 'empty', bytes: Buffer.of() },
    ]);
    expect(streamed.equals(atOnce)).toBe(true);
    await rows.close();
  });

  it('refuses what no zip can hold before any of it is written', async () => {
    const huge: Entry = { ...entryOf('huge', ''), size: 2 ** 32 };
    await expect(buffer(zipChunks(listed(huge)))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('4 GiB'),
    });
  });

  it('passes on what its rows fail with, and leaves no file behind', async () => {
    async function* failing(): AsyncGenerator<object> {
      yield* counted(10);
      throw new Error('the ledger');
    }
    await expect(spooled('x', failing())).rejects.toThrow('the ledger');
    expect(leftBehind()).toEqual([]);
  });
});

describe('a pack', () => {
  /** The most that was held while it was written: sampled as it goes by. */
  async function mostHeld(incidents: number): Promise<{ most: number; bytes: number }> {
    let most = 0;
    let bytes = 0;
    let sampled = 0;
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes - sampled > 1_000_000) {
          sampled = bytes;
          collect();
          const { heapUsed, arrayBuffers } = process.memoryUsage();
          most = Math.max(most, heapUsed + arrayBuffers);
        }
        setImmediate(done);
      },
    });
    await exported(withIncidents(incidents), out);
    return { most, bytes };
  }

  it('takes no more memory for ten times the incidents', async () => {
    // The first report loads fonts, which stay.
    await mostHeld(1);
    const few = await mostHeld(15_000);
    const many = await mostHeld(150_000);
    expect(few.bytes).toBeGreaterThan(3_000_000);
    expect(many.bytes).toBeGreaterThan(30_000_000);
    expect(many.most - few.most).toBeLessThan(8 * 1024 * 1024);
  });

  it('says which incidents words of texts alone spoke for', async () => {
    const guessed = [false, true].map((unconfirmed, index) => incidentRow({ id: `i${index}`, desk: { unconfirmed } }));
    const incidents = async (after: string): Promise<IncidentRow[]> => (after === '' ? guessed : []);
    const out = new PassThrough();
    const [zip] = await Promise.all([
      buffer(out),
      exported({ ...made.ledger, exports: { ...made.ledger.exports, incidents } }, out).then(() => out.end()),
    ]);
    const file = filesOf(zip)?.find(({ name }) => name === 'data/incidents.ndjson');
    const rows = Buffer.from(file?.bytes ?? [])
      .toString('utf8')
      .trim()
      .split('\n');
    expect(rows.map((row) => JSON.parse(row).unconfirmed)).toEqual([false, true]);
  });

  it('is broken off where its reader goes away', async () => {
    const out = new Writable({
      write(_chunk, _encoding, done) {
        done(new Error('gone'));
      },
    });
    await expect(exported(withIncidents(2000), out)).rejects.toThrow('gone');
    expect(leftBehind()).toEqual([]);
  });
});
