import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rulesCommand } from '../../src/cli/rules.ts';
import { createFileScan } from '../../src/cli/scan-files.ts';
import { createScanOutput } from '../../src/cli/scan-output.ts';
import { compilePacks } from '../../src/detect/compile.ts';
import { overlaySchema } from '../../src/tuning/schema.ts';
import { siteTuning } from '../../src/tuning/site.ts';
import { PACKS, shippedPacks } from '../support/rules.ts';

const NOW = Date.UTC(2026, 10, 27, 12);
const ENTRIES = `changes:
  - {id: no-phone, rule: hipaa.phone, disable: true, author: Dana, reason: ticket 4711, expires: 2026-12-31}
  - {id: over, rule: hipaa.mrn, disable: true, author: Dana, reason: ticket 4712, expires: 2026-11-26}
  - {id: gone, rule: x.gone, severity: low, author: Dana, reason: ticket 4713}
`;
const RULE = `rules:
  - id: st-anna.study
    title: Number of our registry
    category: unique-id
    severity: high
    confidence: 0.9
    scope: {text: true}
    pattern: '\\bRR-\\d{6}\\b'
    samples: {match: [enrolled as RR-004417], noMatch: [RR-1]}
`;
const MESSAGE = 'MSH|^~\\&|LIS|LAB|EHR|HOSP|20260102030405||ADT^A01|1|P|2.5.1\rPID|||||||||||||555-201-0001\r';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-overlays-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function rules(...args: string[]): Promise<string> {
  let out = '';
  const command = rulesCommand(
    (text) => {
      out += text;
    },
    () => NOW,
  );
  await command.exitOverride().parseAsync([...args, '--rules', PACKS, '--overlays', folder], { from: 'user' });
  return out;
}

describe('cordon rules', () => {
  beforeEach(() => written('st-anna.yaml', `name: st-anna\nversion: 1.0.0\ntitle: Ours\n${RULE}${ENTRIES}`));

  it('lists the entries of overlays and how each stands', async () => {
    const out = await rules('overlays');
    expect(out).toMatch(/^st-anna\/no-phone +in force +suppresses +rule hipaa\.phone +2026-12-31 +Dana +ticket 4711$/m);
    expect(out).toMatch(/^st-anna\/over +expired /m);
    expect(out).toMatch(/^st-anna\/gone +rule unknown +severity low /m);
    expect(out).toMatch(
      /entry "gone": there is no rule "x\.gone".*: it does nothing\n1 overlays, 3 entries, 1 rules of the site\n$/,
    );
  });

  it('tests the rules of the site, and says what is wrong with an overlay', async () => {
    expect(await rules('test')).toMatch(/^st-anna@1\.0\.0: 1 rules, 1 samples match, 1 do not, as they should$/m);
    written('bad.yaml', 'name: bad\nversion: 1.0.0\ntitle: Bad\nchanged: []\n');
    expect(await rules('test')).toMatch(
      /bad\.yaml:4: overlay: unknown key "changed"; the keys are in docs\/tuning\.md\n1 problems\n$/,
    );
    expect(process.exitCode).toBe(1);
  });

  it('explains by which entry a match is suppressed', async () => {
    const out = await rules('explain', written('m.hl7', MESSAGE));
    expect(out).toMatch(/PID-13.*suppressed by st-anna\/no-phone until 2026-12-31 \(Dana: ticket 4711\)/);
    expect(out).not.toContain('555-201-0001');
  });
});

describe('cordon scan', () => {
  const ruleset = compilePacks(shippedPacks());
  // The scan of a file asks the clock: this entry does not end while anybody runs the test.
  const change = {
    id: 'no-phone',
    rule: 'hipaa.phone',
    disable: true,
    author: 'Dana',
    reason: 'ticket 4711',
    expires: '9999-12-31',
  };
  const scanned = async (changes: readonly object[]) => {
    const overlay = overlaySchema.parse({ name: 'st-anna', version: '1.0.0', title: 'Ours', changes });
    const tuning = siteTuning([overlay], ruleset.digest, new Map());
    return await createFileScan({ ruleset, flow: null, tokenKey: null, tuning })(written('m.hl7', MESSAGE));
  };

  it('lets what an overlay suppresses flag nothing, and shows it', async () => {
    expect(await scanned([])).toMatchObject([{ verdict: 'flagged', findings: [{ rule: 'hipaa.phone' }] }]);
    const lines = await scanned([change]);
    expect(lines).toMatchObject([{ verdict: 'clean', findings: [{ rule: 'hipaa.phone', suppressed: 'st-anna/no-phone' }] }]);
    for (const [format, expected] of [
      ['table', '(hipaa.phone, suppressed by st-anna/no-phone)'],
      ['sarif', '"suppressions":[{"kind":"external","status":"accepted","justification":"st-anna/no-phone"}]'],
    ] as const) {
      let out = '';
      const output = createScanOutput(format, shippedPacks(), (text) => {
        out += text;
      });
      for (const line of lines) output.line(line);
      output.end();
      expect(out).toContain(expected);
    }
  });
});
