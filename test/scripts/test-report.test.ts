import { expect, test } from 'vitest';
import { closingLine, countTests } from '../../scripts/test-report.ts';

function report(tests: { passed?: number; failed?: number; pending?: number; todo?: number; unloaded?: number }): string {
  const { passed = 0, failed = 0, pending = 0, todo = 0, unloaded = 0 } = tests;
  const files = Array.from({ length: unloaded }, () => ({ status: 'failed', assertionResults: [] }));
  const own = {
    status: failed > 0 ? 'failed' : 'passed',
    assertionResults: failed > 0 ? [{ status: 'failed' }] : [{ status: 'passed' }],
  };
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: todo };
  return JSON.stringify({ ...counts, testResults: [own, ...files] });
}

test.each([
  ['a good run', report({ passed: 3 }), true, 0, '3 passed, 0 failed, 0 skipped'],
  ['skipped and to do', report({ passed: 3, pending: 1, todo: 1 }), true, 0, '3 passed, 0 failed, 2 skipped'],
  ['failures', report({ passed: 3, failed: 2 }), false, 0, '3 passed, 2 failed, 0 skipped'],
  ['a file that did not load', report({ passed: 3, unloaded: 1 }), false, 0, '3 passed, 1 failed, 0 skipped'],
  ['a run that ended badly without a failed test', report({ passed: 3 }), false, 0, '3 passed, 1 failed, 0 skipped'],
  ['a run without a test', report({}), true, 0, '0 passed, 1 failed, 0 skipped'],
  ['no report', null, false, 0, '0 passed, 1 failed, 0 skipped'],
  ['failed checks', report({ passed: 3, failed: 1 }), false, 2, '3 passed, 3 failed, 0 skipped'],
])('%s', (_name, json, endedWell, failedChecks, line) => {
  expect(closingLine(countTests(json, endedWell), failedChecks)).toBe(line);
});
