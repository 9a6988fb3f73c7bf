import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isNodeRecent } from '../../scripts/runtime.mjs';

let root = '';

/** A clone in which the pinned Node is a script that says so, and runs the entry with the Node of this test. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cordon-runtime-'));
  for (const folder of ['scripts', 'bin', 'src/cli', 'node_modules/.bin']) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['scripts/runtime.mjs', 'bin/cordon.mjs']) cpSync(file, join(root, file));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  // It stands in for an old Node: the version is all that runtime.mjs asks.
  writeFileSync(join(root, 'old.mjs'), "Object.defineProperty(process, 'version', { value: 'v20.20.2' });\n");
  writeFileSync(
    join(root, 'src/cli/cordon.ts'),
    `const words: string[] = process.argv.slice(2);
process.on('SIGTERM', () => process.exit(7));
console.log(process.env['PINNED'] ?? 'host', ...words);
if (words[0] === 'wait') setInterval(() => {}, 1000);
else if (words[0] === 'die') process.kill(process.pid, 'SIGKILL');
else process.exitCode = words[0] === 'fail' ? 3 : 0;
`,
  );
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function pin(): void {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{}');
  writeFileSync(join(root, 'node_modules/.bin/node'), `#!/bin/sh\nPINNED=pinned exec '${process.execPath}' "$@"\n`, {
    mode: 0o755,
  });
}

function run(args: readonly string[], old: boolean, onLine: (stop: (signal: NodeJS.Signals) => void) => void = () => {}) {
  const child = spawn(process.execPath, [
    ...(old ? ['--import', join(root, 'old.mjs')] : []),
    join(root, 'bin/cordon.mjs'),
    ...args,
  ]);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    onLine((signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test('without packages it says what to run', async () => {
  expect(existsSync(join(root, 'node_modules/.package-lock.json'))).toBe(false);
  const { code, err } = await run(['scan'], true);
  expect([code, err]).toEqual([2, 'cordon: its packages are not installed: run npm ci --ignore-scripts\n']);
});

test('on a recent Node it runs in place, on an old one on the pinned Node', async () => {
  pin();
  expect(await run(['a', '--b'], false)).toEqual({ code: 0, out: 'host a --b\n', err: '' });
  expect(await run(['a', '--b'], true)).toEqual({ code: 0, out: 'pinned a --b\n', err: '' });
});

test('exit codes and signals are passed on', async () => {
  pin();
  expect((await run(['fail'], true)).code).toBe(3);
  expect((await run(['die'], true)).code).toBe(128 + 9);
  expect((await run(['wait'], true, (stop) => stop('SIGTERM'))).code).toBe(7);
});

test.each([
  ['v18.0.0', false],
  ['v20.20.2', false],
  ['v24.0.0', true],
  ['v100.1.0', true],
])('%s is recent: %s', (version, recent) => {
  expect(isNodeRecent(version)).toBe(recent);
});
