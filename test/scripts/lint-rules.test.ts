import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const PROBES = {
  'lint/performance/noBarrelFile': "export { one } from './float.ts';\n",
  'lint/performance/noReExportAll': "export * from './float.ts';\n",
  'lint/nursery/noFloatingPromises': "import { one } from './float.ts';\n\none();\n",
  'lint/suspicious/noExplicitAny': 'export const a: any = 1;\n',
  'lint/style/noNonNullAssertion': 'export const b = (c: string | null) => c!.length;\n',
};

test('the lint rules that the project counts on do fire, as errors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-lint-'));
  try {
    const settings: Record<string, unknown> = JSON.parse(readFileSync('biome.json', 'utf8'));
    const own = { ...settings, $schema: undefined, vcs: undefined, files: undefined };
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(own));
    mkdirSync(join(folder, 'src'));
    writeFileSync(
      join(folder, 'src', 'float.ts'),
      'export async function one(): Promise<void> {\n  await Promise.resolve();\n}\n',
    );
    for (const [index, text] of Object.values(PROBES).entries()) writeFileSync(join(folder, 'src', `probe-${index}.ts`), text);
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', 'src'], { cwd: folder, encoding: 'utf8' });
    const said: { diagnostics: { category: string; severity: string }[] } = JSON.parse(run.stdout);
    const errors = new Set(said.diagnostics.filter((one) => one.severity === 'error').map((one) => one.category));
    expect(Object.keys(PROBES).filter((rule) => !errors.has(rule))).toEqual([]);
    expect(run.status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
