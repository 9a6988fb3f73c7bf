import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/**
 * Writes the script that checks an evidence pack, which is put into each: the modules below as one file of plain JavaScript that needs Node alone.
 * Their top-level names must differ. Run it when one of them changed; a test compares.
 */
const MODULES = [
  'src/audit/merkle.ts',
  'src/audit/leaf.ts',
  'src/audit/note.ts',
  'src/audit/checkpoint.ts',
  'src/audit/proofs.ts',
  'src/core/period.ts',
  'src/exports/evidence/data.ts',
  'src/exports/evidence/facts.ts',
  'src/exports/evidence/numbers.ts',
  'src/exports/evidence/gaps.ts',
  'src/exports/evidence/zip.ts',
  'src/exports/evidence/read.ts',
  'src/exports/evidence/check.ts',
  'src/exports/evidence/check-main.ts',
];
const TARGET = 'src/exports/evidence/check-evidence.generated.ts';

const HEADER = `// Checks an evidence pack of Cordon with Node (20 or later) alone: node check-evidence.mjs PACK.zip [--key KEY]
// The program is Apache-2.0; this file is made of its modules, named below, with their types left out.`;

/** The text of the script. Throws where a module imports what the script does not hold. */
export function checkerScript(): string {
  const nodeImports = new Map<string, Set<string>>();
  const bodies = MODULES.map((file) => {
    const plain = stripTypeScriptTypes(readFileSync(file, 'utf8'));
    const own = plain.replaceAll(/^import\s+\{([^}]*)\}\s+from\s+'([^']+)';$/gm, (_all, names: string, from: string) => {
      const wanted = names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
      if (from.startsWith('node:')) nodeImports.set(from, new Set([...(nodeImports.get(from) ?? []), ...wanted]));
      else if (!MODULES.some((module) => module.endsWith(from.replace(/^.*\//, '/')))) throw new Error(`${file} imports ${from}`);
      return '';
    });
    if (/^import\b/m.test(own)) throw new Error(`${file}: an import that this script cannot read`);
    const lines = own
      .replaceAll(/^export /gm, '')
      .split('\n')
      .map((line) => line.trimEnd());
    return `// ${file}\n\n${lines.join('\n').trim()}`;
  });
  const imports = [...nodeImports]
    .toSorted()
    .map(([from, names]) => `import { ${[...names].toSorted().join(', ')} } from '${from}';`);
  const main = 'process.exitCode = checkMain(process.argv.slice(2));';
  return `${[HEADER, imports.join('\n'), ...bodies, main].join('\n\n')}\n`.replaceAll(/\n{3,}/g, '\n\n');
}

if (process.argv[1] === import.meta.filename) {
  const text = `// Made by scripts/generate-checker.ts. Do not edit.\nexport const checkerText: string = ${JSON.stringify(checkerScript())};\n`;
  writeFileSync(TARGET, text);
  process.stdout.write(`${TARGET}: written\n`);
}
