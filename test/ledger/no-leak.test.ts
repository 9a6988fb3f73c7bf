import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { mask } from '../../src/core/mask.ts';
import { token } from '../../src/core/token.ts';
import { openFileKeyring } from '../../src/keyring/file.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { createDataKeys } from '../../src/ledger/vault/data-keys.ts';
import { seal } from '../../src/ledger/vault/seal.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { acceptRow, finding, flaggedRow, NOON, scanRow } from './rows.ts';

afterAll(removeFolders);

it('holds no value of a message, in no table and in no byte of its files', async () => {
  const values = ['ZYGMUNTOWICZ', 'KUNEGUNDA', '536-22-8147', 'MRN8812345', 'CTRL-0099887'];
  const [family = '', given = '', ssn = '', mrn = '', control = ''] = values;
  const body = Buffer.from(
    `MSH|^~\\&|LIS|LAB|REG|STATE|20261124||ORU^R01|${control}|P|2.5.1\rPID|1||${mrn}||${family}^${given}||19700101\rZPI|1|${ssn}\r`,
  );
  const folder = freshFolder();
  const keyring = openFileKeyring(`${folder}/keyring.json`, true);
  const ledger = await openLedger({ path: `${folder}/ledger.db`, migrate: true });
  const dataKey = await (await createDataKeys(ledger.vault, keyring)).current(NOON);
  const keyed = (text: string | Buffer): string => createHmac('sha256', keyring.digestKey).update(text).digest('base64url');
  for (const flagged of [true, false]) {
    const row = acceptRow({ dataKey: dataKey.id, body });
    const content = `${flagged}|${control}`;
    const chunks = seal(body, dataKey.key, row.id);
    await ledger.messages.accept({
      ...row,
      digest: keyed(body),
      duplicateKey: keyed(content),
      duplicateContent: keyed(content),
      chunks,
    });
    const findings = [
      finding({ mask: mask(ssn), token: token(keyring.tokenKey, 'number', ssn) }),
      finding({
        mask: mask(`${family}^${given}`),
        token: token(keyring.tokenKey, 'name', `${family}^${given}`),
        category: 'name',
      }),
    ];
    const patients = [token(keyring.tokenKey, 'number', mrn)];
    await ledger.messages.saveScan(flagged ? flaggedRow(row.id, { findings, patients }) : scanRow(row.id, { patients }));
  }
  const found: string[] = [];
  const search = (place: string, bytes: Buffer): void => {
    for (const value of values) {
      const forms = [
        value,
        value.toLowerCase(),
        Buffer.from(value).toString('hex'),
        Buffer.from(value).toString('base64').slice(0, -4),
      ];
      if (forms.some((form) => bytes.includes(form)) || bytes.includes(Buffer.from(value, 'utf16le')))
        found.push(`${value} in ${place}`);
    }
  };
  const db = new DatabaseSync(`${folder}/ledger.db`, { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  let rows = 0;
  for (const { name } of tables) {
    for (const row of db.prepare(`SELECT * FROM ${name}`).all()) {
      rows++;
      for (const [column, cell] of Object.entries(row)) {
        search(`${name}.${column}`, cell instanceof Uint8Array ? Buffer.from(cell) : Buffer.from(String(cell)));
      }
    }
  }
  db.close();
  expect(tables.length).toBeGreaterThan(15);
  expect(rows).toBeGreaterThan(15);
  for (const file of readdirSync(folder)) search(file, readFileSync(join(folder, file)));
  await ledger.close();
  expect(found).toEqual([]);
});
