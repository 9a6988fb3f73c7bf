import { z } from 'zod';

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts vitest's JSON report. A file that could not be loaded has no test that failed, so it counts as one; so does a run that
 * ended badly, or without any report, while no test did.
 */
export function countTests(report: string | null, endedWell: boolean): TestCounts {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const read = Report.parse(JSON.parse(report));
  const unloaded = read.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = read.numFailedTests + unloaded;
  return {
    passed: read.numPassedTests,
    failed: failed === 0 && (!endedWell || read.numPassedTests === 0) ? 1 : failed,
    skipped: read.numPendingTests + read.numTodoTests,
  };
}

/** The last line of `npm test`; a failed check counts as a failed test. */
export function closingLine(counts: TestCounts, failedChecks: number): string {
  return `${counts.passed} passed, ${counts.failed + failedChecks} failed, ${counts.skipped} skipped`;
}
