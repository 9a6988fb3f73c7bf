import { html } from 'hono/html';
import type { Replayed } from '../policy/replay.ts';
import type { Suggestion } from '../policy/suggest.ts';
import { route } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { systemName } from './titles.ts';
import { count, counted } from './words.ts';

/** What a changed policy would have done to what was observed, and the text that it was asked of. */
export interface DraftView {
  readonly drafts: readonly Suggestion[];
  /** The policy as its reader wrote it; empty before. */
  readonly text: string;
  readonly problem: string | null;
  /** Null before a policy was tried. */
  readonly replayed: readonly Replayed[] | null;
}

/** Drafts for flows that nobody registered, and a policy tried on what was observed. Nothing is written from here. */
export function draftPage(frame: Frame, { drafts, text, problem, replayed }: DraftView): Html {
  const title =
    drafts.length === 0 ? 'Every observed flow has a policy' : `${counted(drafts.length, 'draft')} for flows nobody registered`;
  return page(
    frame,
    'flows',
    title,
    html`<p class="crumbs"><a href="/flows">Flows</a></p>
<div class="title"><h1>${title}</h1></div>
<p class="quiet">A policy is a file that its owner reviews and that is kept where changes are kept: Cordon shows it and does not write it. Take a draft, write what it asks for, try it below, and save it under <code>rules/flows/</code>.</p>
<section class="panel try"><h2>Try a policy on what was observed</h2>
<form method="post" action="/flows/drafts" class="stack">
<input type="hidden" name="csrf" value="${frame.session.csrf}">
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
<label class="field"><span>One policy, as YAML</span><textarea name="policy" rows="10" maxlength="20000" spellcheck="false" required>${text}</textarea>
<small>A policy of the register with the same id is replaced for the comparison.</small></label>
<p class="buttons"><button class="button primary" type="submit">Try</button></p>
</form>
${replayed === null ? '' : replayTable(replayed)}</section>
${drafts.map((draft) => html`<section class="block"><h2>rules/flows/${draft.id}.yaml</h2><pre class="sample added">${draft.yaml}</pre></section>`)}`,
  );
}

function replayTable(rows: readonly Replayed[]): Html {
  const changed = rows.filter((row) => row.changes.length > 0 || row.before !== row.after);
  if (changed.length === 0) return html`<p role="status">Nothing would change for ${counted(rows.length, 'observed flow')}.</p>`;
  const atLeast = (amount: number): string => (amount === 0 ? '0' : `≥ ${count(amount)}`);
  return html`<div class="wide" tabindex="0" role="region" aria-label="What would change"><table>
<thead><tr><th scope="col">Flow</th><th scope="col">Before</th><th scope="col">After</th><th scope="col" class="number">Newly flagged</th><th scope="col" class="number">No longer</th><th scope="col">Kinds</th></tr></thead>
<tbody>${changed.map(
    (row) =>
      html`<tr><td>${route(systemName(row.source), systemName(row.destination))}<span class="sub">of ${counted(row.messages, 'message')}</span></td><td>${row.before}</td><td>${row.after}</td><td class="number">${atLeast(row.newlyFlagged)}</td><td class="number">${atLeast(row.noLongerFlagged)}</td><td>${row.changes.slice(0, 5).map(({ what, flagged }) => html`<span class="sub">${flagged ? '+ flagged' : '− permitted'}: ${what}</span>`)}</td></tr>`,
  )}</tbody></table></div>`;
}
