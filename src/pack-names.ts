import type { RuleFile } from './rule-files.ts';

/** Names of the packs in these files: a key at the margin. Packs that are not sound stop the scan threads, which say why; here they have no name. */
export function packNames(files: readonly RuleFile[]): string[] {
  return files.flatMap(({ text }) => /^name: *["']?([a-z0-9.-]+)/m.exec(text)?.[1] ?? []);
}
