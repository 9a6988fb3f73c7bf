import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceDrops } from '../../src/ledger/devices/drop.ts';
import { deviceReads } from '../../src/ledger/devices/reads.ts';
import { deviceWrites } from '../../src/ledger/devices/writes.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { type Connection, openWriting } from '../../src/ledger/sqlite/connection.ts';
import type { Bound, Executor } from '../../src/ledger/statement.ts';
import type { DeviceSighting } from '../../src/lineage/devices/device.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { HOUR, NOON } from './rows.ts';

/** What devices cost the writer and the pages: plans of the production SQL, and statements counted. */
const db = sqliteBuilder();
let connection: Connection;
const ran: string[] = [];
const x: Executor = {
  run: (bound) => connection.run(noted(bound)),
  get: (bound) => connection.get(noted(bound)),
  all: (bound) => connection.all(noted(bound)),
};

function noted<Row>(bound: Bound<Row>): Bound<Row> {
  ran.push(bound.sql);
  scans.push(...plan(bound).filter((detail) => /^SCAN (?!.*USING (COVERING )?INDEX)/.test(detail)));
  return bound;
}
const scans: string[] = [];

function plan(bound: Bound<unknown>): string[] {
  const rows = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${bound.sql}`, parameters: bound.parameters });
  return rows.map(({ detail }) => detail);
}

beforeAll(() => {
  connection = openWriting(`${freshFolder()}/ledger.db`, true);
});
afterAll(() => {
  connection.close();
  removeFolders();
});

const monitor: DeviceSighting = {
  kind: 'equipment',
  key: 'eui-64|0012210000001007',
  also: ['udi|09506000134352|SN7'],
  values: [
    { name: 'eui-64', value: '0012210000001007', source: 'OBX-18.3' },
    { name: 'bed', value: 'ICU^7^1', source: 'PV1-3' },
  ],
};
const fact = (hour: number) => ({ devices: [monitor], receivedAt: NOON + hour * HOUR, flow: 'monitors', type: 'ORU^R01' });

async function statementsOf(hour: number): Promise<readonly string[]> {
  ran.length = 0;
  await deviceWrites(db).addDevices(x, [fact(hour), fact(hour)]);
  return [...ran];
}

describe('devices', () => {
  it('are written when something is new, and read alone while the hour lasts', async () => {
    const writes = async (hour: number) => (await statementsOf(hour)).filter((sql) => !/^select/i.test(sql)).length;
    expect(await writes(0)).toBeGreaterThan(0);
    expect(await writes(0)).toBe(0);
    expect(await writes(1)).toBeGreaterThan(0);
    expect(await writes(0)).toBe(0);
    expect((await statementsOf(1)).length).toBeLessThanOrEqual(8);
  });

  it('are found by an index, a page in its order', async () => {
    const { listQuery, list, get } = deviceReads(db);
    const cursor = Buffer.from('[1,"x"]').toString('base64url');
    expect(plan(listQuery({ limit: 50, cursor })).filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
    const { rows } = await list(x, { limit: 50, search: 'icu', flow: 'monitors', kind: 'equipment' });
    expect(rows.length).toBe(1);
    const [
      {
        id,
        parts: [part],
      } = { id: '', parts: [] },
    ] = rows;
    await get(x, id);
    await deviceWrites(db).splitDevice(x, part?.id ?? '');
    await deviceWrites(db).mergeDevices(x, { part: part?.id ?? '', into: id });
    const { silentQuery, dropDevices } = deviceDrops(db);
    expect(plan(silentQuery(NOON)).filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
    await dropDevices(x, NOON + 1000 * HOUR);
    expect((await list(x, { limit: 50 })).rows).toEqual([]);
    expect(scans).toEqual([]);
  });
});
