// @ts-check
// Dependency-free, and written for Node 20: it decides which Node the rest of Cordon runs on (docs/adr/0001-node-24-by-npm.md).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = resolve(fileURLToPath(new URL('..', import.meta.url)));
export const PINNED_NODE = join(ROOT, 'node_modules', '.bin', 'node');
const OLDEST = 24;
/** @type {readonly NodeJS.Signals[]} */
const PASSED_ON = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** True where this process can run TypeScript as it is. */
export function isNodeRecent(version = process.version) {
  return Number.parseInt(version.slice(1), 10) >= OLDEST;
}

/**
 * Keeps what Node makes of each file (types stripped, code compiled) beside the code, which saves a third of a start. Threads and child processes
 * learn of it by the environment. Where the folder cannot be written, as in a read-only image, Node goes on without.
 */
function keepCompiled() {
  const folder = process.env.NODE_COMPILE_CACHE ?? join(ROOT, '.cache', 'compiled');
  process.env.NODE_COMPILE_CACHE = folder;
  module.enableCompileCache?.(folder);
}

/**
 * Runs an entry point (absolute path of a .ts or .mjs) with the arguments it was given: in this process where its Node is recent
 * enough, else in a child on the pinned Node, whose signals and exit code are passed on.
 *
 * @param {string} entry
 * @param {readonly string[]} args
 */
export async function runEntry(entry, args) {
  if (isNodeRecent()) {
    keepCompiled();
    process.argv = [process.execPath, entry, ...args];
    await import(pathToFileURL(entry).href);
    return;
  }
  if (!existsSync(PINNED_NODE)) {
    process.stderr.write(
      `cordon: Node ${OLDEST} is needed (this is ${process.version}) and its package is missing: run npm ci --ignore-scripts\n`,
    );
    process.exit(2);
  }
  const child = spawn(PINNED_NODE, [entry, ...args], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both processes, a supervisor sends SIGTERM to this one only: either way the child decides when to end.
  process.on('SIGINT', () => {});
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`cordon: ${PINNED_NODE} does not start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0)));
}
