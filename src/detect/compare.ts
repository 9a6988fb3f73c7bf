import { digestOf } from './compile.ts';
import { type Pack, packId, type Rule } from './pack.ts';

/** One difference between two sets of packs. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed' | 'unversioned';
  /** Rule id, or `pack@version` for a pack. */
  readonly what: string;
  /** Which keys differ; empty for what was added or removed. */
  readonly keys: readonly string[];
}

/**
 * What changed from one set of packs to another, by rule id. A pack whose contents changed under an unchanged version is `unversioned`:
 * findings name pack and version, so the same name must mean the same rules.
 */
export function comparePacks(before: readonly Pack[], after: readonly Pack[]): Change[] {
  const changes: Change[] = [];
  for (const pack of after) {
    const old = before.find(({ name }) => name === pack.name);
    if (old !== undefined && old.version === pack.version && digestOf([old]) !== digestOf([pack])) {
      changes.push({ kind: 'unversioned', what: packId(pack), keys: [] });
    }
  }
  const olds = rulesById(before);
  const news = rulesById(after);
  for (const [id, rule] of news) {
    const old = olds.get(id);
    const keys = old === undefined ? [] : changedKeys(old, rule);
    if (old === undefined) changes.push({ kind: 'added', what: id, keys });
    else if (keys.length > 0) changes.push({ kind: 'changed', what: id, keys });
  }
  for (const id of olds.keys()) if (!news.has(id)) changes.push({ kind: 'removed', what: id, keys: [] });
  return changes;
}

function rulesById(packs: readonly Pack[]): Map<string, Rule> {
  return new Map(packs.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const)));
}

function changedKeys(before: Rule, after: Rule): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const now = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => JSON.stringify(old.get(key)) !== JSON.stringify(now.get(key)))
    .sort();
}
