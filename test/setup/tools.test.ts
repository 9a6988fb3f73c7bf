import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findTool, provisionTool, TOOLS, toolPath } from './tools.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-tools-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test.each(TOOLS)('%s is there and runs', (tool) => {
  // Redis says with its help that it did not start; stunnel takes an option of two hyphens for a file; Chromium shows its help with man.
  const asking: Partial<Record<typeof tool, string>> = {
    'redis-server': '--version',
    stunnel4: '-version',
    xmllint: '--version',
    rsyslogd: '-v',
    chromium: '--version',
  };
  expect(spawnSync(toolPath(tool), [asking[tool] ?? '--help']).status).toBe(0);
});

test('a tool is looked for on the search path first, then in the private folder', () => {
  expect(findTool('curl', join(folder, 'system'), folder)).toBeNull();
  for (const part of ['bin', 'system']) mkdirSync(join(folder, part));
  writeFileSync(join(folder, 'bin/curl'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(folder, 'system/curl'), 'not a program', { mode: 0o644 });
  expect(findTool('curl', join(folder, 'system'), folder)).toBe(join(folder, 'bin/curl'));
  rmSync(join(folder, 'system/curl'));
  symlinkSync('/bin/sh', join(folder, 'system/curl'));
  expect(findTool('curl', join(folder, 'system'), folder)).toBe(join(folder, 'system/curl'));
});

test('where it cannot be had the error names the package to install', () => {
  vi.stubEnv('PATH', folder);
  expect(() => provisionTool('mllp_send', folder, folder)).toThrow(
    /mllp_send, which is not on the PATH .* apt-get does not start[\s\S]*apt-get install python3-hl7/,
  );
});
