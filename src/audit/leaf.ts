import type { SaltedEntry } from '../core/audit.ts';
import { leafHash } from './merkle.ts';

/**
 * The leaf of an entry: RFC 6962's hash over its canonical JSON with its salt. Whoever has the leaf alone learns nothing of the entry, so it stays
 * when the entry goes with its time (docs/adr/0034-audit-log.md).
 */
export function leafOf(entry: SaltedEntry): Buffer {
  return leafHash(Buffer.from(leafText(entry), 'utf8'));
}

/** What the leaf is the hash of: JSON as RFC 8785 writes it, names in order, no blanks. */
export function leafText({ id, salt, at, actor, role, action, object, detail }: SaltedEntry): string {
  return JSON.stringify({ action, actor, at, detail: sorted(detail), id, object, role, salt });
}

/** Names in the order of their UTF-16 code units (RFC 8785 §3.2.3). Names that are whole numbers would be moved by the engine: they are refused. */
function sorted(detail: SaltedEntry['detail']): SaltedEntry['detail'] {
  const names = Object.keys(detail).sort();
  for (const name of names) if (/^\d+$/.test(name)) throw new TypeError('a name in the detail of an audit entry is a number');
  return Object.fromEntries(names.map((name) => [name, detail[name] ?? null]));
}
