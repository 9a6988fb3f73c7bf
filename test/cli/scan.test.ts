import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScanLine } from '../../src/cli/scan-files.ts';
import { type Ended, runCli } from '../support/cli.ts';

const ADT = [
  'MSH|^~\\&|PATADM|NORTHLAKE|EHR|NORTHLAKE|20261126||ADT^A01|17|T|2.5.1',
  'PID|1||4711^^^NL^MR||SAMPLEWOMAN^QUINTA||19610215',
  'ZPI|1|536-22-8147',
  '',
].join('\r');
const VALUES = ['SAMPLEWOMAN', 'QUINTA', '19610215', '536-22-8147', '4711'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-scan-'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in', 'a.hl7'), ADT);
  writeFileSync(join(folder, 'in', 'b.hl7'), `${ADT}junk behind\r${ADT}`);
  writeFileSync(join(folder, 'in', 'c.bin'), Buffer.from([0, 1, 2, 255]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function scan(args: readonly string[], input = ''): Promise<Ended> {
  return runCli(['scan', ...args], { cwd: folder, env: { CORDON_DATA: join(folder, 'data') }, input });
}

const linesOf = (out: string): ScanLine[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('scan', () => {
  test('prints a line a message, whose bytes sum to the file, with spans into it and no value', async () => {
    const { code, out, err } = await scan(['in', '--format', 'ndjson']);
    expect([code, err]).toEqual([0, '']);
    const lines = linesOf(out);
    expect(lines.map(({ file, index, format, verdict }) => [file, index, format, verdict])).toEqual([
      ['in/a.hl7', 0, 'hl7v2', 'flagged'],
      ['in/b.hl7', 0, 'hl7v2', 'flagged'],
      ['in/b.hl7', 1, 'hl7v2', 'flagged'],
      ['in/c.bin', 0, 'raw', 'clean'],
    ]);
    const sizes = new Map<string, number>();
    for (const { file, bytes } of lines) sizes.set(file, (sizes.get(file) ?? 0) + bytes);
    expect([...sizes.values()]).toEqual([ADT.length, ADT.length * 2 + 12, 4]);
    const ssn = lines[0]?.findings.find(({ category }) => category === 'ssn');
    expect(ssn).toMatchObject({ path: 'ZPI-2', mask: '999-99-9999', subject: 'unknown' });
    expect(ADT.slice(ssn?.start ?? 0, ssn?.end ?? 0)).toBe('536-22-8147');
    for (const value of VALUES) expect(out).not.toContain(value);
    expect(lines[0]?.reasons).toEqual(['flow.none']);
    expect(lines[0]?.tokens).toBe('ephemeral');
  });

  test('says what makes a message sensitive, and nothing of one that is not', async () => {
    const sensitive = `${ADT}OBX|1|ST|7917-8^HIV 1 Ab^LN||Reactive\r`;
    const both = ['-', join('in', 'a.hl7')];
    const { out } = await scan([...both, '--format', 'ndjson'], sensitive);
    expect(linesOf(out).map(({ sensitivities }) => sensitivities)).toEqual([['hiv'], []]);
    const rows = (await scan(both, sensitive)).out.split('\n').filter((row) => row.includes('sensitive'));
    expect(rows).toEqual(['  sensitive  hiv']);
  });

  test('reads standard input, and exits 1 where a finding is as grave as asked', async () => {
    expect((await scan(['-', '--fail-on', 'high'], ADT)).code).toBe(1);
    const clean = ADT.replace(/PID.*/, '').replace('536-22-8147', '');
    const { code, out } = await scan(['-', '--fail-on', 'low'], clean);
    expect(out).toContain('1 message, 0 flagged');
    expect(code).toBe(0);
  });

  test('prints SARIF 2.1.0 with a result a finding', async () => {
    const { code, out } = await scan([join('in', 'a.hl7'), '--format', 'sarif']);
    expect(code).toBe(0);
    const log: { version: string; runs: { results: { ruleId: string }[] }[] } = JSON.parse(out);
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('text.ssn');
    for (const value of VALUES) expect(out).not.toContain(value);
  });

  test('exits 2 on bad use, and says the way out', async () => {
    expect(await scan(['none.hl7'])).toMatchObject({ code: 2, err: expect.stringContaining('none.hl7: cannot be read') });
    expect(await scan(['in', '--flow', 'nobody'])).toMatchObject({ code: 2, err: expect.stringContaining('no flow "nobody"') });
  });

  test('shows how far many files are, in plain lines where nobody watches', async () => {
    mkdirSync(join(folder, 'many'));
    for (let file = 0; file < 20; file++) writeFileSync(join(folder, 'many', `${file}.hl7`), ADT);
    const { err } = await scan(['many']);
    expect(err).toBe('scanning: 5/20\nscanning: 10/20\nscanning: 15/20\nscanning: 20/20, done\n');
  });
});
