import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isSystemError } from '../core/errors.ts';
import { writeWhole } from '../kept-file.ts';

/** Beside what Node keeps of the code, and worth as much: who can write here could write there. */
const KEPT = resolve(import.meta.dirname, '../../.cache/redos.json');

const verdictsSchema = z.record(
  z.string(),
  z.strictObject({ verdict: z.enum(['safe', 'no-attack-found', 'undecided', 'vulnerable']), complexity: z.string() }),
);

/** What is known of a pattern's worst case. `undecided`: no attack was found in the time given, and none was ruled out. */
export interface Verdict {
  readonly verdict: 'safe' | 'no-attack-found' | 'undecided' | 'vulnerable';
  /** Worst case as recheck puts it, `2nd degree polynomial`; empty where none is known. */
  readonly complexity: string;
}

/** Verdicts on patterns that were searched before, by the same checker and as long: a search of all takes half a minute. */
export interface KeptVerdicts {
  of(pattern: string, flags: string): Verdict | undefined;
  keep(pattern: string, flags: string, verdict: Verdict): void;
  /** Keeps for the next time those that were asked for, and no others. Where nothing can be written, the next time takes as long. */
  save(): void;
}

/** What is kept at `path` for searches of so many milliseconds; what cannot be read as verdicts is searched for anew. */
export function keptVerdicts(milliseconds: number, path: string = KEPT): KeptVerdicts {
  const known = new Map(Object.entries(read(path)));
  const asked = new Map<string, Verdict>();
  const searchedBy = `${checkerVersion()} ${milliseconds}`;
  const keyOf = (pattern: string, flags: string): string =>
    createHash('sha256').update(`${searchedBy} ${flags} ${pattern}`).digest('hex');
  return {
    of: (pattern, flags) => known.get(keyOf(pattern, flags)),
    keep: (pattern, flags, verdict) => asked.set(keyOf(pattern, flags), verdict),
    save() {
      try {
        writeWhole(path, JSON.stringify(Object.fromEntries(asked)));
      } catch (error) {
        if (!isSystemError(error)) throw error;
      }
    },
  };
}

function read(path: string): z.infer<typeof verdictsSchema> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return {};
    throw error;
  }
  try {
    return verdictsSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return {};
    throw error;
  }
}

function checkerVersion(): string {
  const { version }: { version: string } = createRequire(import.meta.url)('recheck/package.json');
  return version;
}
