import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeEvidence } from '../../src/cli/verify-output.ts';
import type { Evidence } from '../../src/core/evidence.ts';

const row = (target: string, check: string, outcome: Evidence['outcome'], reason: string | null): Evidence => ({
  ...{ target, check, outcome, reason },
  ...{ profile: null, section: '', how: 'probed', facts: {}, at: 0, expires: 1 },
});

/** What is printed for people. */
function table(rows: readonly Evidence[]): string {
  let text = '';
  writeEvidence(rows, 'table', (part) => {
    text += part;
  });
  return text;
}

let before: typeof process.exitCode;
beforeEach(() => {
  before = process.exitCode;
});
afterEach(() => {
  process.exitCode = before;
});

describe('evidence for people', () => {
  it('stands in columns as wide as what is in them, without those that nothing fills', () => {
    const rows = [
      row('vault', 'database-connection', 'proven', null),
      row('vault', 'swap', 'not_applicable', 'there is no swap'),
      { ...row('tls:a:1', 'version', 'failed', 'old'), profile: 'rfc9325', section: '3.1.1' },
    ];
    expect(table(rows)).toBe(
      [
        'vault',
        '  proven          database-connection',
        '  not_applicable  swap                 there is no swap',
        'tls:a:1',
        '  failed          rfc9325  version  3.1.1  old',
        '',
      ].join('\n'),
    );
  });

  it('is one line where all checks of a target say the same', () => {
    const rows = ['version', 'suites', 'protocol'].map((check) => row('tls:a:1', check, 'unknown', 'no connection.'));
    expect(table(rows)).toBe('tls:a:1\n  unknown         all 3 checks: no connection.\n');
  });
});
