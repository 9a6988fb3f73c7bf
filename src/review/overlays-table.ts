import { html } from 'hono/html';
import type { Pack } from '../detect/pack.ts';
import { compileTuning, standingOf } from '../tuning/apply.ts';
import type { Overlay } from '../tuning/schema.ts';
import { conditionsOf, effectOf } from '../tuning/words.ts';
import type { Html } from './html.ts';
import { counted } from './words.ts';

/** What the site changes of detection: every entry of its overlays, who wrote it, why, until when, and how it stands. Nothing where it has none. */
export function overlaysTable(overlays: readonly Overlay[], packs: readonly Pack[], now: number): Html | '' {
  const entries = compileTuning(overlays)?.entries ?? [];
  if (entries.length === 0) return '';
  const known = new Set(packs.flatMap(({ rules }) => rules.map(({ id }) => id)));
  return html`<section class="block"><h2>${counted(entries.length, 'change')} by the site</h2>
<p class="quiet">What an entry suppresses flags nothing; it stays on record as an accepted risk and comes back when the entry ends.</p>
<div class="wide" tabindex="0" role="region" aria-label="Changes by the site"><table><thead><tr><th scope="col">Entry</th><th scope="col">State</th><th scope="col">Does</th><th scope="col">Where</th><th scope="col">Last day</th><th scope="col">By</th><th scope="col">Reason</th></tr></thead>
<tbody>${entries.map(
    (entry) =>
      html`<tr><td class="mono">${entry.entry}</td><td>${standingOf(entry, known, now)}</td><td>${effectOf(entry)}</td><td>${conditionsOf(entry)}</td><td>${entry.expires ?? '–'}</td><td>${entry.author}</td><td>${entry.reason}</td></tr>`,
  )}</tbody></table></div></section>`;
}
