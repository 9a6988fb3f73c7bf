import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TOOLS, toolPath } from '../setup/tools.ts';
import { freePort } from '../support/free-port.ts';
import { readFences, scriptOf } from './fences.ts';

/** Every command that a document tells a reader to run is run, in a copy of the clone and on free ports (test/docs/fences.ts). */

const ROOT = resolve('.');
const DOCUMENTS = ['README.md', ...markdownIn('docs'), ...markdownIn('integrations')];

/** The ports that documents write, and the variables that move them. */
const PORTS = {
  8480: 'CORDON_HTTP_PORT',
  2575: 'CORDON_MLLP_PORT',
  2576: 'CORDON_MLLP_TLS_PORT',
  11112: 'CORDON_DIMSE_PORT',
  2762: 'CORDON_DIMSE_TLS_PORT',
} as const;

/** What a copy of the clone is made without: it is linked, or made by runs. */
const LEFT_OUT = new Set(['node_modules', '.git', '.cache', 'data', 'coverage', 'cordon.yaml']);

/**
 * npm takes 1.8 s of processor time to find what `npx cordon` is, each time anew and the same: the first of a document is left to it, and the
 * others start what that started.
 */
const NPX = `npx() {
  if [ "$1" != cordon ] || [ -z "\${cordon_npx:-}" ]; then cordon_npx=asked; command npx "$@"; return; fi
  node bin/cordon.mjs "\${@:2}"
}
`;

/** What `rules lint` keeps of its searches, half a minute of a core. */
const SEARCHED = join(ROOT, '.cache', 'redos.json');

let folder = '';
/** The same path for each document, or nothing that Node compiled for one would serve the next. */
let copy = '';

test.each(DOCUMENTS)('%s says which fences are commands', (document) => {
  expect(readFences(readFileSync(document, 'utf8')).problems.map((problem) => `${document}:${problem}`)).toEqual([]);
});

describe('commands', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cordon-docs-'));
    copy = join(folder, 'cordon');
    mkdirSync(join(folder, 'kept'));
    // Patterns are searched for attacks by the checks that go before the tests; alone, the first document that lints does it.
    if (existsSync(SEARCHED)) cpSync(SEARCHED, join(folder, 'kept', basename(SEARCHED)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    mkdirSync(copy);
    for (const name of readdirSync(ROOT).filter((entry) => !LEFT_OUT.has(entry)))
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    // What the first document compiles and proves, as in a fresh clone, is there for the others, as in one that was used.
    symlinkSync(join(folder, 'kept'), join(copy, '.cache'));
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  test.each(DOCUMENTS.filter((document) => readFences(readFileSync(document, 'utf8')).blocks.length > 0))(
    '%s',
    { timeout: 300_000 },
    async (document) => {
      const moved = await movePorts();
      const ready = `curl -fso /dev/null "http://127.0.0.1:$CORDON_HTTP_PORT/readyz"`;
      let script = scriptOf(document, readFences(readFileSync(document, 'utf8')).blocks, ready);
      for (const [port, { free }] of moved) script = script.replaceAll(new RegExp(`\\b${port}\\b`, 'g'), String(free));
      const { code, output } = await runScript(
        NPX + script,
        Object.fromEntries([...moved.values()].map(({ variable, free }) => [variable, String(free)])),
      );
      expect(code, output).toBe(0);
    },
  );
});

async function movePorts(): Promise<Map<string, { variable: string; free: number }>> {
  const moved = new Map<string, { variable: string; free: number }>();
  for (const [port, variable] of Object.entries(PORTS)) moved.set(port, { variable, free: await freePort() });
  return moved;
}

/** Runs in a process group of its own, so that nothing it started outlives it. */
function runScript(script: string, ports: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const path = [...new Set(TOOLS.map((tool) => dirname(toolPath(tool)))), process.env.PATH ?? ''].join(delimiter);
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CORDON_|npm_|VITEST|NODE_)/.test(name)));
  const child = spawn('bash', ['-c', script], {
    cwd: copy,
    env: { ...own, PATH: path, ...ports },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((settle) => child.on('close', (code) => settle({ code, output })));
}

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative('.', join(entry.parentPath, entry.name)))
    .sort();
}
