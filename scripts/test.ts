import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { runChecks } from './check.ts';
import { closingLine, countTests } from './test-report.ts';

const REPORT = '.cache/vitest.json';

// They build the program too, which tests then start; where that fails, so does what starts it.
const failedChecks = await runChecks();
// An old report must not be taken for this run's.
rmSync(REPORT, { force: true });
const vitest = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: ['ignore', 'inherit', 'inherit'],
  // vitest colours what it writes to a file or a pipe too.
  env: { ...process.env, CORDON_TEST_BUILT: 'yes', ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) },
});
const counts = countTests(readReport(), vitest.status === 0);
if (failedChecks.length > 0) console.log(`failed checks (above): ${failedChecks.join(', ')}`);
console.log(closingLine(counts, failedChecks.length));
if (counts.failed > 0 || failedChecks.length > 0) process.exitCode = 1;

function readReport(): string | null {
  try {
    return readFileSync(REPORT, 'utf8');
  } catch {
    // No report: vitest ended before it could write one, which counts as a failure.
    return null;
  }
}
