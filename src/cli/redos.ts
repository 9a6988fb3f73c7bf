import { createRequire } from 'node:module';
import type { Diagnostics, Parameters } from 'recheck';
import type { Pack } from '../detect/pack.ts';

/** What is known of a pattern's worst case. `undecided`: no attack was found in the time given, and none was ruled out. */
export interface PatternVerdict {
  readonly rule: string;
  readonly verdict: 'safe' | 'no-attack-found' | 'undecided' | 'vulnerable';
  /** Worst case as recheck puts it, `2nd degree polynomial`; empty where none is known. */
  readonly complexity: string;
}

type Check = (source: string, flags: string, parameters?: Parameters) => Diagnostics;

/**
 * recheck's JavaScript build: its main entry would start a native binary or a Java one. It is a tool for those who write rules and is not
 * installed with the product; null where it is missing.
 */
export function loadRecheck(): Check | null {
  try {
    const loaded: unknown = createRequire(import.meta.url)('recheck/lib/browser.js');
    return hasCheck(loaded) ? loaded.checkSync : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

function hasCheck(loaded: unknown): loaded is { checkSync: Check } {
  return typeof loaded === 'object' && loaded !== null && 'checkSync' in loaded && typeof loaded.checkSync === 'function';
}

/** Checks every pattern of the packs; `milliseconds` bounds the search for an attack on one of them. */
export function* checkPatterns(packs: readonly Pack[], check: Check, milliseconds: number): Generator<PatternVerdict> {
  for (const { rules } of packs) {
    for (const { id, pattern, ignoreCase } of rules) {
      if (pattern === undefined) continue;
      const found = check(pattern, ignoreCase === true ? 'iu' : 'u', { timeout: milliseconds });
      yield { rule: id, verdict: verdictOf(found), complexity: found.status === 'unknown' ? '' : found.complexity.summary };
    }
  }
}

function verdictOf(found: Diagnostics): PatternVerdict['verdict'] {
  if (found.status === 'vulnerable') return 'vulnerable';
  if (found.status === 'unknown') return 'undecided';
  return found.checker === 'automaton' ? 'safe' : 'no-attack-found';
}
