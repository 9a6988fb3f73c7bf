// @ts-check
// Dependency-free, and written for Node 20: installs the locked packages where they are missing or stale.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { PINNED_NODE, ROOT } from './runtime.mjs';

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes what it installed into node_modules/.package-lock.json as
 * its last step, so an install that was cut off, or one by hand, is told from a complete one without a stamp of our own.
 *
 * @param {string} lockText package-lock.json
 * @param {string | null} installedText node_modules/.package-lock.json
 */
export function isInstalled(lockText, installedText) {
  if (installedText === null) return false;
  const wanted = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages for other platforms are locked too, and not installed here.
    return found === undefined ? entry.optional === true : found.version === entry.version && found.integrity === entry.integrity;
  });
}

function isFresh() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  const installedText = existsSync(installed) ? readFileSync(installed, 'utf8') : null;
  return existsSync(PINNED_NODE) && isInstalled(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'), installedText);
}

/** Makes sure of the packages; prints one line when there was something to do. Ends the process with an error that says what to do. */
export async function setUp() {
  if (isFresh()) return;
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    fail(`no packaged Node for ${process.platform}-${process.arch}: Cordon runs on Linux, x64 or arm64`);
  }
  const release = await lock();
  try {
    // Another process may have installed while this one waited.
    if (!isFresh()) install();
  } finally {
    release();
  }
}

function install() {
  process.stderr.write('cordon: installing the locked packages (npm ci --ignore-scripts), once\n');
  // What the user's own npm configuration leaves out is needed here: the pinned Node is optional, the tests' tools are dev.
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const run = { cwd: ROOT, encoding: /** @type {const} */ ('utf8') };
  const result = npm?.endsWith('npm-cli.js') ? spawnSync(process.execPath, [npm, ...args], run) : spawnSync('npm', args, run);
  if (result.error !== undefined) fail(`npm does not start (${result.error.message}): install npm 10 or later and try again`);
  if (result.status !== 0) {
    process.stderr.write(result.stdout + result.stderr);
    fail('npm ci failed (above). It needs a way to the npm registry, or a filled npm cache, and write access to this folder.');
  }
  if (spawnSync(PINNED_NODE, ['--version']).status !== 0) {
    fail('the packaged Node 24 does not run here: it needs glibc 2.28 or later (Alpine and other musl systems will not do)');
  }
}

/**
 * One installer at a time. The lock is an abstract Unix socket (Linux): the kernel frees it when its owner ends however it ends, so
 * it can't go stale; who finds it taken waits for the owner's end of the connection to close.
 */
async function lock() {
  const path = `\0cordon-setup-${createHash('sha256').update(ROOT).digest('hex').slice(0, 32)}`;
  for (;;) {
    const waiting = new Set();
    const server = createServer((socket) => waiting.add(socket.on('error', () => {})));
    const taken = await new Promise((settle, reject) => {
      server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? settle(true) : reject(error)));
      server.listen(path, () => settle(false));
    });
    if (!taken) {
      return () => {
        server.close();
        for (const socket of waiting) socket.destroy();
      };
    }
    await new Promise((settle) => {
      const socket = connect(path);
      socket.on('error', settle);
      socket.on('close', settle);
    });
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`cordon: ${message}\n`);
  process.exit(1);
}
