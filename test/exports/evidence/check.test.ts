import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkerScript } from '../../../scripts/generate-checker.ts';
import { verifierText } from '../../../src/audit/note.ts';
import { auditSigner } from '../../../src/audit/signer.ts';
import { checkPack } from '../../../src/exports/evidence/check.ts';
import { checkerText } from '../../../src/exports/evidence/check-evidence.generated.ts';
import { jsonText } from '../../../src/exports/evidence/data.ts';
import { filesOf, type PackFile, zipOf } from '../../../src/exports/evidence/zip.ts';
import { openFileKeyring } from '../../../src/keyring/file.ts';
import { freshFolder, removeFolders } from '../../ledger/folder.ts';
import { evidenceCase, packOf } from './case.ts';

type Case = Awaited<ReturnType<typeof evidenceCase>>;
let made: Case;
let pack: Buffer;
let key: string;

beforeAll(async () => {
  made = await evidenceCase();
  pack = await made.pack();
  key = verifierText(made.signer.verifier);
});
afterAll(async () => {
  await made.ledger.close();
  removeFolders();
});

const files = (): PackFile[] => filesOf(pack) ?? [];
const textOf = (name: string): string => Buffer.from(files().find((file) => file.name === name)?.bytes ?? []).toString('utf8');
/** The pack with a file changed, in a zip that is as whole as the first. */
const changed = (name: string, change: (text: string) => string): Buffer =>
  zipOf(
    files().map((file) =>
      file.name === name ? { name, bytes: Buffer.from(change(Buffer.from(file.bytes).toString('latin1')), 'latin1') } : file,
    ),
  );
const problems = (zip: Buffer): readonly string[] => checkPack(zip, key).problems;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a pack as it was made', () => {
  it('holds, by the key that was given and by its own', () => {
    const checked = checkPack(pack, key);
    expect(checked.problems).toEqual([]);
    expect(checked.notes).toEqual([]);
    expect(checked.numbers).toMatchObject({
      ...{ days: 1, messages: 3, 'messages scanned': 2, 'messages pending': 1, 'messages flagged': 1 },
      ...{ incidents: 1, 'incidents opened': 1, 'incidents not closed': 1, 'hop checks proven': 1, reviews: 1 },
    });
    expect(checked.held).toHaveLength(7);
    expect(checkPack(pack, null)).toMatchObject({ problems: [], notes: [expect.stringContaining(key)] });
  });

  it('is a zip as fflate writes it too', () => {
    const listed = Object.fromEntries(files().map(({ name, bytes }) => [name, new Uint8Array(bytes)]));
    expect(Buffer.from(zipSync(listed, { level: 0, mtime: new Date(1980, 0, 1) })).equals(pack)).toBe(true);
  });

  it('has a script of the program as it is now, which says the same with Node alone', () => {
    expect(checkerText).toBe(checkerScript());
    expect(textOf('check-evidence.mjs')).toBe(checkerText);
    const folder = freshFolder();
    writeFileSync(`${folder}/check-evidence.mjs`, checkerText);
    writeFileSync(`${folder}/pack.zip`, pack);
    writeFileSync(
      `${folder}/touched.zip`,
      changed('data/flows.ndjson', (text) => `${text} `),
    );
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['check-evidence.mjs', ...args], { cwd: folder, encoding: 'utf8' });
    expect(run('pack.zip', '--key', key)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('nothing was touched'),
    });
    expect(run('touched.zip')).toMatchObject({ status: 1, stdout: expect.stringContaining('TOUCHED  data/flows.ndjson') });
    expect(run().status).toBe(2);
    expect(run('nothing.zip').status).toBe(2);
  });
});

describe('a pack that was touched', () => {
  it('names each file that was changed by one byte, at its end, in its middle, or by one more', () => {
    for (const { name, bytes } of files()) {
      const flip = (text: string, at: number): string =>
        text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
      const changes: ((text: string) => string)[] = [(text) => `${text} `];
      if (bytes.length > 0)
        changes.push(
          (text) => flip(text, text.length - 1),
          (text) => flip(text, text.length >> 1),
        );
      for (const change of changes) {
        expect(problems(changed(name, change)).join('\n')).toContain(name);
      }
      expect(problems(zipOf(files().filter((file) => file.name !== name))).join('\n')).toContain(name);
    }
    expect(problems(zipOf([...files(), { name: 'more.txt', bytes: Buffer.from('x') }]))).toEqual([
      expect.stringContaining('more.txt: was added'),
    ]);
  });

  it('names the proofs where a hash in them is none any more', () => {
    const damaged = changed('audit/proofs.json', (text) => text.replace(/"([A-Za-z0-9+/])(?=[A-Za-z0-9+/]{40})/, '"!'));
    expect(problems(damaged).join('\n')).toContain('audit/proofs.json: a hash is not written as base64');
  });

  it('shows one byte that is changed anywhere', () => {
    const places = Array.from({ length: 150 }, (_, n) => Math.floor((n * (pack.length - 1)) / 149));
    // Where files and directory begin lie the bytes that no digest is of.
    const headers = files().flatMap(({ name }) => [
      pack.indexOf(name) - 20,
      pack.lastIndexOf(name) - 30,
      pack.lastIndexOf(name) - 2,
    ]);
    for (const at of [...places, ...headers, pack.length - 12]) {
      const touched = Buffer.from(pack);
      touched[at] = (touched[at] ?? 0) ^ 1;
      expect(problems(touched).length, `byte ${at}`).toBeGreaterThan(0);
    }
  });

  it('shows that it was cut or added to at either end', () => {
    for (const zip of [
      pack.subarray(0, -1),
      pack.subarray(0, -400),
      pack.subarray(1),
      pack.subarray(1000),
      Buffer.of(),
      pack.subarray(0, 100),
    ]) {
      expect(problems(Buffer.from(zip))).not.toEqual([]);
    }
    expect(problems(Buffer.concat([pack, Buffer.from('x')]))).not.toEqual([]);
    expect(problems(Buffer.concat([Buffer.from('x'), pack]))).not.toEqual([]);
  });

  /** What somebody does who knows how a pack is made and has no key: the digests fit again. */
  const forged = (name: string, change: (text: string) => string): Buffer => {
    const text = change(textOf(name));
    const manifest = JSON.parse(textOf('manifest.json'));
    for (const file of manifest.files)
      if (file.name === name) Object.assign(file, { bytes: Buffer.byteLength(text), sha256: sha256(text) });
    return zipOf(
      files().map((file) => {
        if (file.name === name) return { name, bytes: Buffer.from(text) };
        return file.name === 'manifest.json' ? { name: file.name, bytes: Buffer.from(jsonText(manifest)) } : file;
      }),
    );
  };

  it('does not hold where its digests were made to fit again', () => {
    expect(problems(forged('data/reviews.ndjson', () => ''))).toEqual([
      expect.stringContaining('manifest.json: was changed: entry 12 of the log sealed another one'),
      expect.stringContaining('data/numbers.json'),
    ]);
  });

  it('names the entry of the log that was changed, dropped or moved', () => {
    const entries = 'audit/entries.ndjson';
    const lines = (change: (lines: string[]) => string[]) =>
      problems(forged(entries, (text) => `${change(text.trimEnd().split('\n')).join('\n')}\n`)).join('\n');
    expect(lines((all) => all.with(3, (all[3] ?? '').replace('Ada', 'Eve')))).toContain('entry 3 was changed');
    expect(lines((all) => all.toSpliced(4, 1))).toContain('entry 4 is missing');
    expect(lines((all) => all.slice(1))).toContain('entry 0 is missing');
    expect(lines((all) => all.slice(0, -1))).toContain('has 11 entries');
    expect(lines((all) => [...all.slice(0, 2), all[3] ?? '', all[2] ?? '', ...all.slice(4)])).toContain('entry 2 is missing');
    const emptied = lines((all) => all.with(5, JSON.stringify({ ...JSON.parse(all[5] ?? ''), entry: null })));
    expect(emptied).toContain('what entry 5 said was removed before its time');
  });

  it('does not hold by the key that was given where somebody else made and signed all of it', async () => {
    const keyring = openFileKeyring(`${freshFolder()}/keyring.json`, true);
    // The same log by another keyring is refused: a checkpoint of the first is there.
    await expect(packOf(made.ledger, keyring)).rejects.toMatchObject({ code: 'audit.corrupt' });
    const theirs = await evidenceCase();
    const whole = await theirs.pack();
    await theirs.ledger.close();
    expect(checkPack(whole, null).problems).toEqual([]);
    expect(problems(whole).join('\n')).toContain(
      `audit/checkpoint.txt: is not signed by ${auditSigner(made.keyring).verifier.name}`,
    );
  });
});
