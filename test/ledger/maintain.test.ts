import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileKeyring } from '../../src/keyring/file.ts';
import { checkLedger } from '../../src/ledger/check.ts';
import { backUpLedger, migrateLedger, openBulk } from '../../src/ledger/maintain.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { seedLedger } from '../../src/ledger/seed/seed.ts';
import { INCIDENT_STATES } from '../../src/policy/decision.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { DAY, NOON } from './rows.ts';

afterAll(removeFolders);

const silent = { start: (): void => undefined, step: (): void => undefined };

async function seeded(messages: number, incidents: number) {
  const folder = freshFolder();
  const path = `${folder}/ledger.db`;
  const keyring = openFileKeyring(`${folder}/keyring.json`, true);
  const ledger = await openLedger({ path, migrate: true });
  const bulk = await openBulk({ path }, NOON - 30 * DAY);
  let steps = 0;
  await seedLedger(bulk, keyring, {
    messages,
    incidents,
    days: 30,
    now: NOON,
    step: (units) => {
      steps += units;
    },
  });
  await bulk.close();
  expect(steps).toBe(messages);
  return { folder, path, keyring, ledger };
}

describe('seed and check', () => {
  it('make a ledger that is whole', async () => {
    const { path, keyring, ledger } = await seeded(300, 12);
    expect(await ledger.messages.counts()).toMatchObject({ total: 300, done: 300, pending: 0, duplicates: 0 });
    expect(await ledger.incidents.count(INCIDENT_STATES)).toBe(12);
    expect(await ledger.incidents.count(['open'])).toBeLessThan(12);
    let bodies = 0;
    // The agent may run meanwhile.
    const found = await checkLedger({ path }, keyring, {
      start: (count) => expect(count).toBeGreaterThan(12),
      step: () => {
        bodies++;
      },
    });
    expect(found).toEqual({ messages: 300, pending: 0, bodies, problems: [], notes: [] });
    await ledger.close();
  });

  const damage: [string, string, RegExp][] = [
    [
      'a body that was changed',
      'UPDATE chunks SET data = zeroblob(length(data)) WHERE rowid = 1',
      /sealed chunk 0 does not open/,
    ],
    ['a body that is gone', 'DELETE FROM chunks WHERE rowid = 1', /sealed chunk 0 is missing/],
    ['a data key that is gone', 'DELETE FROM data_keys', /data key dk-.* is gone/],
    [
      'a message that was removed',
      "DELETE FROM messages WHERE verdict = 'flagged'",
      /a row of (findings|chunks) refers to one of messages/,
    ],
    ['a counter that is wrong', 'UPDATE tally SET flagged = flagged + 1', /flagged messages: the ledger says \d+, and has \d+/],
  ];
  it.each(damage)('find %s', async (_name, sql, expected) => {
    const { path, keyring, ledger } = await seeded(20, 3);
    await ledger.close();
    const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    db.exec(sql);
    db.close();
    const { problems } = await checkLedger({ path }, keyring, silent);
    expect(problems.join('\n')).toMatch(expected);
  });

  it('find a wrong keyring', async () => {
    const { folder, path, ledger } = await seeded(20, 3);
    await ledger.close();
    const other = openFileKeyring(`${folder}/other.json`, true);
    const { problems } = await checkLedger({ path }, other, silent);
    expect(problems[0]).toMatch(/another keyring/);
  });
});

describe('backup', () => {
  it('copies a ledger that is in use into a file of its own', async () => {
    const { folder, path, keyring, ledger } = await seeded(100, 5);
    const file = `${folder}/backup.db`;
    backUpLedger(path, file);
    await ledger.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await checkLedger({ path: file }, keyring, silent)).toMatchObject({ messages: 100, problems: [] });
    const restored = await openLedger({ path: file, migrate: false });
    expect(await restored.incidents.count(INCIDENT_STATES)).toBe(5);
    await restored.close();
    expect(() => backUpLedger(path, file)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

it('migrate makes a ledger, and does nothing to one that is up to date', async () => {
  const path = `${freshFolder()}/ledger.db`;
  migrateLedger(path);
  migrateLedger(path);
  const ledger = await openLedger({ path, migrate: false });
  expect((await ledger.messages.counts()).total).toBe(0);
  await ledger.close();
});
