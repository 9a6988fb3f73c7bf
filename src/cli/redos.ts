import { createRequire } from 'node:module';
import type { Diagnostics, Parameters } from 'recheck';
import type { Pack } from '../detect/pack.ts';
import type { KeptVerdicts, Verdict } from './redos-kept.ts';

/** What is known of the pattern of a rule. */
export interface PatternVerdict extends Verdict {
  readonly rule: string;
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

/** Checks every pattern of the packs that no verdict is kept of; `milliseconds` bounds the search for an attack on one of them. */
export function* checkPatterns(
  packs: readonly Pack[],
  check: Check,
  milliseconds: number,
  kept: KeptVerdicts,
): Generator<PatternVerdict> {
  for (const { rules } of packs) {
    for (const { id, pattern, ignoreCase } of rules) {
      if (pattern === undefined) continue;
      const flags = ignoreCase === true ? 'iu' : 'u';
      const verdict = kept.of(pattern, flags) ?? verdictOf(check(pattern, flags, { timeout: milliseconds }));
      kept.keep(pattern, flags, verdict);
      yield { rule: id, ...verdict };
    }
  }
}

function verdictOf(found: Diagnostics): Verdict {
  if (found.status === 'unknown') return { verdict: 'undecided', complexity: '' };
  const complexity = found.complexity.summary;
  if (found.status === 'vulnerable') return { verdict: 'vulnerable', complexity };
  return { verdict: found.checker === 'automaton' ? 'safe' : 'no-attack-found', complexity };
}
