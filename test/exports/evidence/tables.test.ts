import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifierText } from '../../../src/audit/note.ts';
import { makeCheckpoint } from '../../../src/audit-checkpoint.ts';
import { checkPack } from '../../../src/exports/evidence/check.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { openLedger } from '../../../src/ledger/open.ts';
import { freshFolder, removeFolders } from '../../ledger/folder.ts';
import { acceptRow, DAY, NOON } from '../../ledger/rows.ts';
import { act, evidenceCase, packOf } from './case.ts';

type Case = Awaited<ReturnType<typeof evidenceCase>>;
let base: Case;

beforeAll(async () => {
  base = await evidenceCase();
  await base.ledger.close();
});
afterAll(removeFolders);

/** The ledger after somebody changed its tables who owns the database: triggers stop nobody who can drop them. */
async function touchedBy(statements: readonly string[]): Promise<Ledger> {
  const path = `${freshFolder()}/ledger.db`;
  copyFileSync(base.path, path);
  const db = new DatabaseSync(path);
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit%'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  for (const statement of statements) db.exec(statement);
  db.close();
  return openLedger({ path, migrate: false });
}

async function problemsOf(statements: readonly string[]): Promise<string> {
  const ledger = await touchedBy(statements);
  try {
    return checkPack(await packOf(ledger, base.keyring), verifierText(base.signer.verifier)).problems.join('\n');
  } finally {
    await ledger.close();
  }
}

describe('tables of the audit log that somebody changed', () => {
  it('shows which entry was changed, emptied, or took the place of another', async () => {
    const found = await problemsOf([
      "UPDATE audit_entries SET actor = 'Eve' WHERE seq = 4",
      'UPDATE audit_entries SET at = at + 1 WHERE seq = 0',
      'DELETE FROM audit_entries WHERE seq = 3',
      'UPDATE audit_entries SET seq = -1 WHERE seq = 6',
      'UPDATE audit_entries SET seq = 6 WHERE seq = 7',
      'UPDATE audit_entries SET seq = 7 WHERE seq = -1',
    ]);
    for (const seq of [0, 4, 6, 7]) expect(found).toContain(`entry ${seq} was changed`);
    expect(found).toContain('what entry 3 said was removed before its time');
    for (const seq of [1, 2, 5, 8]) expect(found).not.toContain(`entry ${seq} `);
  });

  it('shows that a leaf was made to fit what the entry says now', async () => {
    const other = Buffer.alloc(32, 1).toString('base64');
    const found = await problemsOf([`UPDATE audit_nodes SET hash = '${other}' WHERE level = 0 AND number = 4`]);
    expect(found).toContain('the leaves do not lead to the root that was signed');
  });

  it.each([
    ['cut short', 'DELETE FROM audit_nodes WHERE (number + 1) * (1 << level) > 6'],
    ['emptied', 'DELETE FROM audit_nodes'],
    ['rewritten', `UPDATE audit_nodes SET hash = '${Buffer.alloc(32, 1).toString('base64')}' WHERE level = 3`],
    // Not a letter of its base64, which one in eight signatures lacks.
    ['signed by nobody', "UPDATE audit_checkpoints SET note = replace(note, 'cordon/audit', 'nobody/audit')"],
  ])('signs no log that was %s', async (_what, statement) => {
    const ledger = await touchedBy([statement]);
    await expect(makeCheckpoint(ledger.audit, base.signer, () => NOON)).rejects.toMatchObject({ code: 'audit.corrupt' });
    await ledger.close();
  });

  it('keeps no message out because its log was changed', async () => {
    const ledger = await touchedBy(['DELETE FROM audit_nodes WHERE level > 0']);
    const row = acceptRow();
    await ledger.vault.saveDataKey(row.dataKey, 'wrapped', NOON);
    // In one turn, so that all are calls of one commit. Some entry of eight needs a node that is gone.
    const entries = Array.from({ length: 8 }, () => ledger.audit.append(act()));
    const [message, ...written] = await Promise.allSettled([ledger.messages.accept(row), ...entries]);
    expect(written).toContainEqual(
      expect.objectContaining({ status: 'rejected', reason: expect.objectContaining({ code: 'audit.corrupt' }) }),
    );
    expect(message).toMatchObject({ status: 'fulfilled', value: { id: row.id, duplicate: false } });
    await ledger.close();
  });

  it('refuses to change or remove what is there, as long as nobody takes the triggers away', async () => {
    const db = new DatabaseSync(base.path);
    for (const statement of [
      "UPDATE audit_entries SET actor = 'Eve'",
      'DELETE FROM audit_nodes',
      "UPDATE audit_nodes SET hash = ''",
      'DELETE FROM audit_checkpoints',
    ]) {
      expect(() => db.exec(statement)).toThrow('only grows');
    }
    db.close();
  });
});

describe('a pack of a period that retention went over', () => {
  it('holds, says what went, and raises no alarm for what a hold kept', async () => {
    const { ledger, keyring, signer, path } = await evidenceCase();
    const key = verifierText(signer.verifier);
    const before = Number(await ledger.audit.size());
    await ledger.audit.append(act({ at: NOON + 100 * DAY }));
    const later = { from: Date.UTC(2026, 10, 24), to: NOON + 101 * DAY };
    const held = (await ledger.audit.entries({ start: 2, end: 3 }, 1))[0];
    await ledger.retention.dropBefore(NOON + 60 * DAY);
    const gone = checkPack(await packOf(ledger, keyring, later), key);
    expect(gone.problems).toEqual([]);
    expect(gone.notes.join('\n')).toContain('have only their leaf left');
    // An entry that was kept while those around it went.
    const db = new DatabaseSync(path);
    const row = db.prepare('INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    if (held === undefined) throw new Error('no entry 2');
    row.run(held.seq, held.id, held.salt, held.at, held.actor, held.role, held.action, held.object, JSON.stringify(held.detail));
    expect(checkPack(await packOf(ledger, keyring, later), key).problems).toEqual([]);
    // What went after that, and no entry says so.
    db.exec(`DELETE FROM audit_entries WHERE seq = ${before}`);
    db.close();
    expect(checkPack(await packOf(ledger, keyring, later), key).problems.join('\n')).toContain(
      `what entry ${before} said was removed`,
    );
    await ledger.close();
  });
});
