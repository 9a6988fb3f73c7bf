import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { isSystemError } from './core/errors.ts';
import { asWritten, withAttributes } from './detect/attribute-rule.ts';
import { loadPacks, type PackFile } from './detect/load.ts';
import { type Pack, packSchema } from './detect/pack.ts';
import { writeWhole } from './kept-file.ts';
import { readRuleFiles } from './rule-files.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Beside what Node keeps of the code, and worth as much: who can write here could write there. */
const KEPT = join(ROOT, '.cache', 'packs');
/** Sets of packs that are kept: those of the agent, of a demo, and what a site tries. */
const SETS = 8;
/** What a proof depends on beside the packs. */
const PROVED_BY = ['src/core', 'src/detect', 'src/formats'];

const packsSchema = z.array(packSchema);

/**
 * The rule packs of a folder, proven as `loadPacks` does. A set that this very program has proven before is not proven again, which is half of
 * a start: it is kept by the digest of its texts and of the code that proves them. Where nothing can be kept, as in a read-only image, each
 * start proves. Throws CordonError: `config.invalid` where the folder cannot be read, `rules.invalid` with what is wrong in the packs.
 */
export function provenPacks(folder: string, kept = KEPT): Pack[] {
  const files = readRuleFiles(folder, 'rule packs');
  const name = `${digestOf(files)}.json`;
  const known = readKept(join(kept, name));
  if (known !== null) return known;
  const packs = loadPacks(files);
  keep(kept, name, packs);
  return packs;
}

function digestOf(files: readonly PackFile[]): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package.json')));
  const add = (name: string, text: string | Uint8Array): void => {
    hash.update(`\n${name} ${text.length}\n`).update(text);
  };
  for (const folder of PROVED_BY) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (entry.endsWith('.ts')) add(entry, readFileSync(join(ROOT, folder, entry)));
    }
  }
  for (const { file, text } of files) add(basename(file), text);
  return hash.digest('hex');
}

/** Null where nothing is kept, and where what is there cannot be read as packs: it is then proven and written anew. */
function readKept(path: string): Pack[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
  try {
    const packs = packsSchema.parse(JSON.parse(text)).map(withAttributes);
    touch(path);
    return packs;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** What is used stays, however many sets are tried. */
function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch (error) {
    // A read-only image, where nothing is tried either.
    if (!isSystemError(error)) throw error;
  }
}

function keep(folder: string, name: string, packs: readonly Pack[]): void {
  try {
    writeWhole(join(folder, name), JSON.stringify(packs.map(asWritten)));
    const byAge = readdirSync(folder)
      .map((each) => ({ path: join(folder, each), at: statSync(join(folder, each)).mtimeMs }))
      .sort((a, b) => b.at - a.at);
    for (const { path } of byAge.slice(SETS)) rmSync(path, { force: true });
  } catch (error) {
    // A read-only image, a full disk: the packs are proven, and only the next start takes longer.
    if (!isSystemError(error)) throw error;
  }
}
