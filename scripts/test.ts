import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { BUILD, CHECKS, runChecks } from './check.ts';
import { closingLine, countTests } from './test-report.ts';

const REPORT = '.cache/vitest.json';

// What tests start is built first; where that fails, so do they. The other checks run beside the tests, which wait much of their time.
const unbuilt = await runChecks([BUILD], 1);
// An old report must not be taken for this run's.
rmSync(REPORT, { force: true });
const [passed, failed] = await Promise.all([runTests(process.argv.slice(2)), runChecks(CHECKS, 1)]);
const failedChecks = [...unbuilt, ...failed];
const counts = countTests(readReport(), passed);
if (failedChecks.length > 0) console.log(`failed checks (above): ${failedChecks.join(', ')}`);
console.log(closingLine(counts, failedChecks.length));
if (counts.failed > 0 || failedChecks.length > 0) process.exitCode = 1;

/** Resolves with whether vitest says that all is well. */
function runTests(args: readonly string[]): Promise<boolean> {
  const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // vitest colours what it writes to a file or a pipe too.
    env: { ...process.env, CORDON_TEST_BUILT: 'yes', ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) },
  });
  return new Promise((resolve, reject) => {
    vitest.once('error', reject);
    vitest.once('close', (code) => resolve(code === 0));
  });
}

function readReport(): string | null {
  try {
    return readFileSync(REPORT, 'utf8');
  } catch {
    // No report: vitest ended before it could write one, which counts as a failure.
    return null;
  }
}
