import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Packages that reach a disk, a network or another process, or exist to serve those that do. */
const IO_PACKAGES = 'hono|@hono/|@aws-sdk/|kysely|pg|ioredis|bullmq|pino|prom-client|hl7-standard';
/** Node modules that only compute. Everything else of Node is I/O to a pure folder. */
const PURE_NODE = 'crypto|buffer|util|path|path/posix|string_decoder|punycode|assert|url|zlib';
/** What an engine is reached by: its package, and our own folder or file for it. */
const ENGINE_PACKAGES = '^(node:)?sqlite$|node_modules/(pg|ioredis|bullmq)/';
const ENGINE_FILES = '^src/ledger/(sqlite|postgres)/|^src/queue/(inline\\.ts$|bullmq[./])';

/** `from` may import, within Cordon, only the folders in `allowed`. */
function layer(from: string, allowed: readonly string[]): IForbiddenRuleType {
  return {
    name: `layer-${from}`,
    comment: `src/${from} imports only ${allowed.join(', ')} (DESIGN: core ← formats ← detect ← policy ← workers ← main)`,
    severity: 'error',
    from: { path: `^src/${from}/` },
    to: { path: '^(src|workers|test|scripts|bin)/', pathNot: `^src/(${allowed.join('|')})/` },
  };
}

/** The import rules of Cordon's architecture. Type-only imports count: a type is a dependency too. */
export const IMPORT_RULES: IForbiddenRuleType[] = [
  layer('core', ['core']),
  layer('formats', ['core', 'formats']),
  layer('detect', ['core', 'formats', 'detect']),
  layer('audit', ['core', 'audit']),
  layer('policy', ['core', 'formats', 'detect', 'policy']),
  layer('tuning', ['core', 'formats', 'detect', 'policy', 'tuning']),
  layer('encryption/transit', ['core', 'encryption/transit']),
  layer('encryption/rest', ['core', 'encryption/rest']),
  {
    name: 'pure-no-node-io',
    comment: 'core, formats, detect and policy compute: bytes and time are passed in',
    severity: 'error',
    from: { path: '^src/(core|formats|detect|policy|tuning)/' },
    to: { dependencyTypes: ['core'], pathNot: `^(node:)?(${PURE_NODE})$` },
  },
  {
    name: 'pure-no-io-packages',
    comment: 'core, formats, detect and policy use no package that does I/O',
    severity: 'error',
    from: { path: '^src/(core|formats|detect|policy|tuning)/' },
    to: { path: `node_modules/(${IO_PACKAGES})` },
  },
  {
    name: 'ingest-knows-no-store',
    comment: 'ingest gets `accept` passed in: it imports neither ledger nor queue nor vault',
    severity: 'error',
    from: { path: '^src/ingest/' },
    to: { path: '^src/(ledger|queue)/' },
  },
  {
    name: 'workers-below-main',
    comment: 'only the composition root (main.ts, its schedule.ts and its scanning.ts) and commands import workers/',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/((main|schedule|scanning)\\.ts$|cli/)' },
    to: { path: '^workers/' },
  },
  {
    name: 'main-is-the-root',
    comment: 'only commands import main.ts, and only the program imports commands',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: '^src/cli/' },
    to: { path: '^src/(main\\.ts$|cli/)' },
  },
  {
    name: 'engines-in-open',
    comment: 'an engine is chosen by an open.ts or main.ts only (maintain.ts and check.ts: upkeep by a command)',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: `(^|/)(open|main|maintain|ledger/check)\\.ts$|${ENGINE_FILES}` },
    to: { path: `${ENGINE_PACKAGES}|${ENGINE_FILES}` },
  },
  {
    name: 'aws-in-its-places',
    comment: 'clients of AWS are used by the checks at rest and by the keyring',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: '^src/(encryption/rest|keyring)/' },
    to: { path: 'node_modules/@aws-sdk/' },
  },
  {
    name: 'sql-in-the-ledger',
    comment: 'SQL is written in src/ledger only',
    severity: 'error',
    from: { path: '^(src|workers)/', pathNot: '^src/ledger/' },
    to: { path: 'node_modules/kysely/' },
  },
  {
    name: 'no-tests-in-the-product',
    comment: 'what ships imports neither tests nor tools',
    severity: 'error',
    from: { path: '^(src|workers)/' },
    to: { path: '^(test|scripts)/' },
  },
  {
    name: 'no-dev-packages-in-the-product',
    comment: 'what ships imports no devDependency (types excepted)',
    severity: 'error',
    from: { path: '^(src|workers)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  { name: 'no-cycles', comment: 'no import cycles', severity: 'error', from: {}, to: { circular: true } },
  { name: 'resolvable', comment: 'every import leads somewhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
];
