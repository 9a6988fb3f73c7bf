import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPatterns, loadRecheck } from '../../src/cli/redos.ts';
import { keptVerdicts } from '../../src/cli/redos-kept.ts';
import { rulesCommand } from '../../src/cli/rules.ts';
import { comparePacks } from '../../src/detect/compare.ts';
import type { Pack } from '../../src/detect/pack.ts';
import { PACKS, shippedPacks } from '../support/rules.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-rules-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

async function run(...args: string[]): Promise<{ out: string; code: typeof process.exitCode }> {
  let out = '';
  const command = rulesCommand((text) => {
    out += text;
  });
  process.exitCode = 0;
  await command.exitOverride().parseAsync(args, { from: 'user' });
  return { out, code: process.exitCode };
}

/** A copy of the shipped packs with one file changed. */
function changed(file: string, from: string, to: string): string {
  cpSync(PACKS, folder, { recursive: true });
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  return folder;
}

describe('cordon rules', () => {
  it('tests the shipped packs', async () => {
    const { out, code } = await run('test');
    expect(out).toMatch(/^echo@\d+\.\d+\.\d+: 6 rules, \d+ samples match, \d+ do not, as they should$/m);
    expect(code).toBe(0);
  });

  it('ends with 1 and tells place, rule and way out of each problem', async () => {
    const dir = changed('us-identifiers.yaml', 'validate: [ssn]', 'validate: [sssn]');
    for (const command of ['test', 'lint']) {
      const { out, code } = await run(command, '--rules', dir);
      expect(out).toMatch(
        /us-identifiers\.yaml:\d+: rule "text\.ssn": unknown validator "sssn", did you mean "ssn"\? .*\n1 problems\n$/,
      );
      expect(code).toBe(1);
    }
  });

  it('lists rules and shows one', async () => {
    const { out } = await run('list');
    expect(out.split('\n')[0]).toMatch(/^RULE +PACK +VERSION +STATUS +CATEGORY +SUBJECT +SEVERITY +CONFIDENCE +TITLE$/);
    expect(out).toMatch(/\ntext\.ssn +us-identifiers +\d+\.\d+\.\d+ +stable +ssn +unknown +critical +0\.9 +Number in the form/);
    const shown = await run('show', 'text.ssn');
    expect(shown.out).toMatch(/^# us-identifiers@\d+\.\d+\.\d+, digest [0-9a-f]{64}\nid: text\.ssn\n/);
    await expect(run('show', 'text.sssn')).rejects.toMatchObject({ code: 'usage' });
  });

  it('explains a file without showing a value of it', async () => {
    const file = join(folder, 'a.hl7');
    writeFileSync(
      file,
      'MSH|^~\\&|A|B|C|D|2026||ORU^R01|1|P|2.5\rPID|1||78412233^^^H^MR||OKAFOR^CHIDI\rNTE|1||Chidi Okafor, SSN 536-22-8147\r',
    );
    const { out } = await run('explain', file);
    expect(out).toMatch(/PID-5\.1 +AAAA +hipaa\.name +name +patient +0\.99 +by its place, XPN\.1/);
    expect(out).toMatch(/NTE-3 +Aaaaa Aaaaa +echo\.name .* repeats a name of the message's identity fields/);
    expect(out).toMatch(/NTE-3 +999-99-9999 +text\.ssn .* by a pattern in any leaf; checked by ssn/);
    expect(out).not.toMatch(/okafor|chidi|536|78412233/i);
    await expect(run('explain', join(folder, 'none.hl7'))).rejects.toMatchObject({ code: 'usage' });
  });

  it('shows what changed between two folders, and minds the version', async () => {
    expect(await run('diff', PACKS, PACKS)).toEqual({ out: 'no rule differs\n', code: 0 });
    const dir = changed('us-identifiers.yaml', 'severity: critical', 'severity: high');
    expect(await run('diff', PACKS, dir)).toEqual({
      out: 'pack us-identifiers@1.0.1 changed and its version did not\nchanged text.ssn: severity\n',
      code: 1,
    });
  });
});

describe('comparePacks', () => {
  const pack = shippedPacks().find(({ name }) => name === 'deid-claims');
  const without: Pack[] = pack === undefined ? [] : [{ ...pack, version: '1.1.0', rules: pack.rules.slice(1) }];
  const all: Pack[] = pack === undefined ? [] : [pack];

  it('tells added from removed', () => {
    expect(comparePacks(all, without)).toEqual([{ kind: 'removed', what: 'deid.name', keys: [] }]);
    expect(comparePacks(without, all)).toEqual([{ kind: 'added', what: 'deid.name', keys: [] }]);
  });
});

describe('ReDoS', () => {
  const check = loadRecheck();
  const withPattern = (pattern: string): Pack[] => {
    const [pack] = shippedPacks();
    const rule = shippedPacks()
      .flatMap(({ rules }) => rules)
      .find(({ id }) => id === 'text.npi');
    return pack === undefined || rule === undefined ? [] : [{ ...pack, rules: [{ ...rule, pattern }] }];
  };

  it.each([
    ['(a+)+$', 'vulnerable'],
    ['\\d{3}-\\d{2}-\\d{4}', 'safe'],
  ])('%s is %s', (pattern, verdict) => {
    if (check === null) throw new Error('recheck is not installed');
    const [found] = [...checkPatterns(withPattern(pattern), check, 2000, keptVerdicts(2000, join(folder, 'none.json')))];
    expect(found).toMatchObject({ rule: 'text.npi', verdict });
  });

  it('takes a verdict of a search before, of the same pattern and as long', () => {
    if (check === null) throw new Error('recheck is not installed');
    const path = join(folder, 'kept', 'redos.json');
    const judge = (pattern: string, milliseconds: number): string[] => {
      const kept = keptVerdicts(milliseconds, path);
      const found = [...checkPatterns(withPattern(pattern), check, milliseconds, kept)];
      kept.save();
      return found.map(({ verdict }) => verdict);
    };
    expect(judge('\\d{3}-\\d{4}', 2000)).toEqual(['safe']);
    // Something that no search would say: it is seen to come from what was kept.
    writeFileSync(path, readFileSync(path, 'utf8').replace('safe', 'vulnerable'));
    expect(judge('\\d{3}-\\d{4}', 2000)).toEqual(['vulnerable']);
    expect(judge('\\d{3}-\\d{4}', 3000)).toEqual(['safe']);
    expect(judge('\\d{3}-\\d{5}', 3000)).toEqual(['safe']);
    writeFileSync(path, '{"half":');
    expect(judge('\\d{3}-\\d{5}', 3000)).toEqual(['safe']);
  });
});
