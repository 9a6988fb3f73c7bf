import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('an entry that is also a module does its work on a recent Node, where it is imported and not started', () => {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/check-imports.ts'], { encoding: 'utf8' });
  expect(stdout).toMatch(/\d{3} modules/);
  expect(status).toBe(0);
});
