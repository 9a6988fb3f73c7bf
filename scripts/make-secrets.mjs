// @ts-check
// The secrets that docker-compose.yml hands to its services as files: `node scripts/make-secrets.mjs [FOLDER]`, once. Dependency-free.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'secrets';
const password = () => randomBytes(24).toString('base64url');
const [postgres, redis] = [password(), password()];

try {
  mkdirSync(folder, { mode: 0o700 });
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
  const why = taken ? 'is there already, and what it holds may be in use' : String(error);
  process.stderr.write(`make-secrets: ${folder} ${why}\n`);
  process.exit(1);
}
// Where the services find the authority of make-certificates.mjs.
const ca = encodeURIComponent('/run/secrets/ca.pem');
const files = {
  'postgres-password': postgres,
  'database-url': `postgres://cordon:${postgres}@postgres:5432/cordon?sslmode=verify-full&sslrootcert=${ca}\n`,
  'redis.conf': `requirepass ${redis}\n`,
  'redis-url': `rediss://default:${redis}@redis:6379/0\n`,
};
// The users of the containers have to read them, who are nobody here; the folder lets nobody else in.
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o444 });
process.stdout.write(`${folder}: ${Object.keys(files).join(', ')}\n`);
const script = join(import.meta.dirname, 'make-certificates.mjs');
process.exitCode = spawnSync(process.execPath, [script, folder], { stdio: 'inherit' }).status ?? 1;
