import type { Pack } from '../detect/pack.ts';
import { compileTuning, standingOf } from '../tuning/apply.ts';
import type { LoadedOverlays } from '../tuning/load.ts';
import { conditionsOf, effectOf } from '../tuning/words.ts';
import { table } from './table.ts';

/** Every entry of the overlays and how it stands: in force, expired, or on a rule that is gone. */
export function listOverlays(packs: readonly Pack[], { overlays, packs: own, warnings }: LoadedOverlays, now: number): string {
  const known = new Set([...packs, ...own].flatMap(({ rules }) => rules.map(({ id }) => id)));
  const rows = (compileTuning(overlays)?.entries ?? []).map((entry) => [
    entry.entry,
    standingOf(entry, known, now),
    effectOf(entry),
    conditionsOf(entry),
    entry.expires ?? '',
    entry.author,
    entry.reason,
  ]);
  const rules = own.reduce((sum, pack) => sum + pack.rules.length, 0);
  const notes = warnings.map((warning) => `${warning}\n`).join('');
  const count = `${overlays.length} overlays, ${rows.length} entries, ${rules} rules of the site\n`;
  if (rows.length === 0) return notes + count;
  return table(['ENTRY', 'STATE', 'DOES', 'WHERE', 'EXPIRES', 'AUTHOR', 'REASON'], rows) + notes + count;
}
