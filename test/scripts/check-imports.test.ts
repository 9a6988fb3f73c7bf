import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkImports, judge } from '../../scripts/check-imports.ts';
import { IMPORT_RULES } from '../../scripts/import-rules.ts';

/** One file that breaks each rule: file, the line in it, the rule. */
const BREACHES = [
  ['src/core/a.ts', "import '../formats/empty.ts';", 'layer-core'],
  ['src/formats/a.ts', "import type { T } from '../detect/empty.ts';", 'layer-formats'],
  ['src/detect/a.ts', "import '../policy/empty.ts';", 'layer-detect'],
  ['src/audit/a.ts', "import '../ledger/empty.ts';", 'layer-audit'],
  ['src/policy/a.ts', "import type { T } from '../ledger/empty.ts';", 'layer-policy'],
  ['src/tuning/a.ts', "import type { T } from '../ledger/empty.ts';", 'layer-tuning'],
  ['src/tuning/b.ts', "import 'node:fs';", 'pure-no-node-io'],
  ['src/encryption/transit/a.ts', "import '../rest/empty.ts';", 'layer-encryption/transit'],
  ['src/encryption/rest/a.ts', "import '../../ledger/empty.ts';", 'layer-encryption/rest'],
  ['src/core/b.ts', "import 'node:fs';", 'pure-no-node-io'],
  ['src/formats/b.ts', "import 'fs/promises';", 'pure-no-node-io'],
  ['src/detect/b.ts', "import 'node:worker_threads';", 'pure-no-node-io'],
  ['src/policy/b.ts', "import 'net';", 'pure-no-node-io'],
  ['src/detect/c.ts', "import { pino } from 'pino';\nexport const p = pino;", 'pure-no-io-packages'],
  ['src/ingest/a.ts', "import '../ledger/empty.ts';", 'ingest-knows-no-store'],
  ['src/ingest/b.ts', "import type { T } from '../queue/empty.ts';", 'ingest-knows-no-store'],
  ['src/ledger/a.ts', "import '../../workers/empty.ts';", 'workers-below-main'],
  ['src/review/a.ts', "import '../main.ts';", 'main-is-the-root'],
  ['workers/a.ts', "import '../src/cli/empty.ts';", 'main-is-the-root'],
  ['src/ledger/b.ts', "import { DatabaseSync } from 'node:sqlite';\nexport const d = DatabaseSync;", 'engines-in-open'],
  ['src/ledger/c.ts', "import './sqlite/empty.ts';", 'engines-in-open'],
  ['workers/b.ts', "import '../src/queue/inline.ts';", 'engines-in-open'],
  ['src/ledger/d.ts', "import { KMSClient } from '@aws-sdk/client-kms';\nexport const k = KMSClient;", 'aws-in-its-places'],
  ['src/review/b.ts', "import { sql } from 'kysely';\nexport const s = sql;", 'sql-in-the-ledger'],
  ['src/review/c.ts', "import '../../test/empty.ts';", 'no-tests-in-the-product'],
  ['src/review/d.ts', "import fc from 'fast-check';\nexport const f = fc;", 'no-dev-packages-in-the-product'],
  ['src/review/e.ts', "import './f.ts';", 'no-cycles'],
  ['src/review/f.ts', "import './e.ts';", 'no-cycles'],
  ['src/review/g.ts', "import './nowhere.ts';", 'resolvable'],
] as const;

/** Files that keep every rule. */
const HONEST = [
  ['src/encryption/rest/good.ts', "import { KMSClient } from '@aws-sdk/client-kms';\nexport const k = KMSClient;"],
  ['src/core/good.ts', "import { createHmac } from 'node:crypto';\nexport const h = createHmac;"],
  ['src/policy/good.ts', "import '../core/good.ts';\nimport '../detect/empty.ts';\nimport '../formats/empty.ts';"],
  ['src/ledger/open.ts', "import { DatabaseSync } from 'node:sqlite';\nexport const d = DatabaseSync;"],
  ['src/ledger/sqlite/good.ts', "import { DatabaseSync } from 'node:sqlite';\nexport const d = DatabaseSync;"],
  ['src/main.ts', "import './queue/inline.ts';\nimport '../workers/empty.ts';"],
  ['test/core/good.test.ts', "import fc from 'fast-check';\nimport '../../src/core/good.ts';\nexport const f = fc;"],
] as const;

const EMPTY = ['core', 'formats', 'detect', 'policy', 'ledger', 'ledger/sqlite', 'queue', 'cli', 'encryption/rest'].map(
  (folder) => `src/${folder}/empty.ts`,
);

let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cordon-imports-'));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${text}\n`);
  };
  write(
    'package.json',
    '{"type":"module","dependencies":{"pino":"*","kysely":"*","@aws-sdk/client-kms":"*"},"devDependencies":{"fast-check":"*"}}',
  );
  for (const folder of ['scripts', 'bin']) mkdirSync(join(root, folder));
  for (const file of [...EMPTY, 'src/queue/inline.ts', 'workers/empty.ts', 'test/empty.ts']) write(file, 'export type T = 1;');
  for (const [file, text] of [...BREACHES, ...HONEST]) write(file, text);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a tree with one breach of each kind', () => {
  test('has each breach told by its rule, and nothing else', async () => {
    const { modules, problems } = await checkImports(root);
    const told = problems.map((problem) => /^(\S+) → .*: ([a-z/-]+): /.exec(problem)?.slice(1).join(' '));
    // One cycle is told once.
    const expected = BREACHES.filter(([file]) => file !== 'src/review/f.ts').map(([file, , rule]) => `${file} ${rule}`);
    expect(told.sort()).toEqual(expected.sort());
    expect(modules).toBe(BREACHES.length + HONEST.length + EMPTY.length + 3);
  });

  test('breaks every rule there is', () => {
    const broken = new Set<string>(BREACHES.map(([, , rule]) => rule));
    expect(IMPORT_RULES.map((rule) => rule.name ?? '').filter((name) => !broken.has(name))).toEqual([]);
  });
});

test('an empty tree fails', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'cordon-imports-'));
  for (const folder of ['src', 'workers', 'test', 'scripts', 'bin']) mkdirSync(join(empty, folder));
  expect(await checkImports(empty)).toEqual({ modules: 0, problems: ['no source file was found'] });
  rmSync(empty, { recursive: true });
});

test('a checker that reads nothing, or leaves a file out, fails', () => {
  const summary = { violations: [], error: 0, warn: 0, info: 0, ignore: 0, totalCruised: 0, optionsUsed: {} };
  expect(judge({ modules: [], summary }, ['src/a.ts'])).toEqual({
    modules: 0,
    problems: ['the import checker read zero modules'],
  });
  const module = { source: 'src/a.ts', dependencies: [], dependents: [], valid: true };
  expect(judge({ modules: [module], summary }, ['src/a.ts', 'src/b.ts'])).toEqual({
    modules: 1,
    problems: ['src/b.ts: was not read by the import checker'],
  });
});
