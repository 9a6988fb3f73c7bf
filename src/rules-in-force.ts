import { Counter, Gauge, type Registry } from 'prom-client';
import { digestOf } from './detect/compile.ts';
import type { SiteRules } from './site-rules.ts';
import { tunedDigest } from './tuning/apply.ts';

/** What messages are judged by beside the register of flows. It can be posted to a thread. */
export type Rules = Pick<SiteRules, 'packs' | 'overlays'>;

/** The rules of a process from its start on, and those that take their place while it runs. */
export interface RulesInForce {
  current(): Rules;
  /** SHA-256 (hex) of what they say, as messages keep it. */
  digest(): string;
  put(rules: Rules): void;
}

/** How an attempt to reload ended. */
export type ReloadOutcome = 'reloaded' | 'unchanged' | 'failed';

/** SHA-256 (hex) of rules, whatever their order, comments and spelling in YAML. */
export function rulesDigest({ packs, overlays }: Rules): string {
  return tunedDigest(digestOf(packs), overlays);
}

export function rulesInForce(first: Rules): RulesInForce {
  let rules = first;
  let digest = rulesDigest(first);
  return {
    current: () => rules,
    digest: () => digest,
    put(next) {
      rules = next;
      digest = rulesDigest(next);
    },
  };
}

/** Which rules are in force, and how attempts to reload them ended, for /metrics. Returns what counts an attempt. */
export function countRules(registry: Registry, rules: RulesInForce): (outcome: ReloadOutcome) => void {
  const registers = [registry];
  new Gauge({
    name: 'cordon_rules_info',
    help: 'Digest of the rules that are in force; always 1.',
    labelNames: ['digest'],
    registers,
    collect() {
      this.reset();
      this.set({ digest: rules.digest() }, 1);
    },
  });
  const attempts = new Counter({
    name: 'cordon_rules_reloads_total',
    help: 'Attempts to reload rules while the process ran.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['reloaded', 'unchanged', 'failed']) attempts.inc({ outcome }, 0);
  return (outcome) => attempts.inc({ outcome });
}
