import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { IMPORT_RULES } from './import-rules.ts';

/** Folders whose imports are judged. */
const FOLDERS = ['src', 'workers', 'test', 'scripts', 'bin'];

/** Result of judging the imports of a tree: how many modules were read, and what is wrong, one line each. */
export interface ImportReport {
  readonly modules: number;
  readonly problems: readonly string[];
}

/**
 * Judges every import under `root` by IMPORT_RULES. A checker that could not read a file says nothing of it, so a module that is
 * on disk and was not read is itself a problem (dependency-cruiser reads no .ts at all next to a TypeScript it does not know).
 */
export async function checkImports(root: string): Promise<ImportReport> {
  const files = FOLDERS.flatMap((folder) => sourceFiles(join(root, folder))).map((file) => relative(root, file));
  if (files.length === 0) return { modules: 0, problems: ['no source file was found'] };
  const folders = FOLDERS.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  const { output } = await cruise(folders, {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: IMPORT_RULES },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Node's newer modules exist under their prefix only, which the checker's own list leaves out.
    builtInModules: { override: [...builtinModules], add: ['node:sqlite', 'node:test'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  });
  if (typeof output === 'string') return { modules: 0, problems: ['the checker gave no result'] };
  return judge(output, files);
}

/** What is wrong in a result, given the files that it should cover. */
export function judge(result: ICruiseResult, files: readonly string[]): ImportReport {
  const read = new Set(result.modules.map((module) => module.source));
  const unread = files.filter((file) => !read.has(file)).map((file) => `${file}: was not read by the import checker`);
  const broken = result.summary.violations
    .filter((violation) => violation.rule.severity === 'error')
    .map((violation) => {
      const rule = IMPORT_RULES.find((candidate) => candidate.name === violation.rule.name);
      const way = violation.cycle?.map((step) => step.name).join(' → ') ?? violation.to;
      return `${violation.from} → ${way}: ${violation.rule.name}: ${rule?.comment ?? ''}`;
    });
  const modules = files.length - unread.length;
  return { modules, problems: modules === 0 ? ['the import checker read zero modules'] : [...unread, ...new Set(broken)] };
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

// Not import.meta.main: run.mjs imports the entry where Node is recent enough, and a check that then did nothing would pass.
if (process.argv[1] === import.meta.filename) {
  const { modules, problems } = await checkImports(process.cwd());
  for (const problem of problems) console.error(problem);
  console.log(`${modules} modules read, ${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
}
