import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** One check: a name and the program that decides, run with Node from the root of the clone. */
interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
}

/** What tests start, so that it is built before them. */
export const BUILD: Check = { name: 'build (rolldown)', args: ['scripts/build.ts'] };

/** The longest first, or it would go on alone. */
export const CHECKS: readonly Check[] = [
  { name: 'rule packs and their samples (rules lint)', args: ['bin/cordon.mjs', 'rules', 'lint'] },
  { name: 'types (tsc)', args: ['node_modules/typescript-7/bin/tsc', '--noEmit', '--checkers', '1'] },
  { name: 'format and lint (biome)', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'] },
  { name: 'imports (dependency-cruiser)', args: ['scripts/check-imports.ts'] },
  { name: 'unused code (knip)', args: ['node_modules/knip/bin/knip.js'] },
];

/** Runs a check and prints one line; what a failed one said comes below its line. Never rejects. */
function runCheck(check: Check): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, check.args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString('utf8');
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => listen(Buffer.from(error.message)));
    child.on('close', (code) => {
      const ok = code === 0;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${ok ? 'ok  ' : 'FAIL'}  ${check.name}  ${seconds} s${ok ? '' : `\n${said.trimEnd()}`}`);
      resolve({ name: check.name, ok });
    });
  });
}

/** Runs checks, `atOnce` of them at a time; resolves with the names of those that failed. */
export async function runChecks(checks: readonly Check[], atOnce: number): Promise<readonly string[]> {
  const waiting = [...checks];
  const failed: string[] = [];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome = await runCheck(check);
      if (!outcome.ok) failed.push(outcome.name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return failed;
}

// Not import.meta.main: run.mjs imports the entry where Node is recent enough, and a check that then did nothing would pass.
if (process.argv[1] === import.meta.filename) {
  const all = [...CHECKS, BUILD];
  const failed = await runChecks(all, availableParallelism());
  if (failed.length > 0) {
    console.log(`${failed.length} of ${all.length} checks failed: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}
