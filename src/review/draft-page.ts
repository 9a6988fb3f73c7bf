import { html } from 'hono/html';
import { ENTITIES, PURPOSES } from '../policy/flow.ts';
import type { Replayed } from '../policy/replay.ts';
import type { Suggestion } from '../policy/suggest.ts';
import { route } from './badges.ts';
import { patchOf } from './draft-text.ts';
import { flowAddress } from './flow-page.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { PERIOD_WORDS, PERIODS, type Period } from './period.ts';
import { can } from './permissions.ts';
import { systemName } from './titles.ts';
import { count, counted } from './words.ts';

/** What a changed policy would have done to what was observed, and the text that it was asked of. */
export interface DraftView {
  readonly drafts: readonly Suggestion[];
  /** Drafts whose file is there already, and not in force yet. */
  readonly waiting: readonly string[];
  /** The policy as its reader wrote it; empty before. */
  readonly text: string;
  readonly period: Period;
  readonly problem: string | null;
  /** Null before a policy was tried. */
  readonly tried: Tried | null;
  /** The policy that was just saved. */
  readonly saved: string | null;
  /** The folder of policies by its name, and whether it takes files from here. */
  readonly folder: { readonly name: string; readonly writable: boolean };
}

export interface Tried {
  readonly id: string;
  /** Whether the register has no policy of this name: only then it can be added. */
  readonly isNew: boolean;
  readonly rows: readonly Replayed[];
}

/** Drafts for flows that nobody registered, and a policy tried on what was observed before it is accepted. */
export function draftPage(frame: Frame, view: DraftView): Html {
  const { drafts, saved, folder } = view;
  const title =
    drafts.length === 0 ? 'Every observed flow has a policy' : `${counted(drafts.length, 'draft')} for flows nobody registered`;
  const mayAccept = can(frame.session.role, 'flow.accept');
  return page(
    frame,
    'flows',
    title,
    html`<p class="crumbs"><a href="/flows">Flows</a></p>
<div class="title"><h1>${title}</h1></div>
${saved === null ? '' : html`<div class="notice" role="status"><span><code>${folder.name}/${saved}.yaml</code> is saved. It is in force when Cordon is started again: policies are read at the start.</span></div>`}
<p class="quiet intro">Take a draft, say what cannot be observed, and see what it would have done. ${
      folder.writable && mayAccept
        ? 'What you accept is added as a file; a file that is there is never changed from here.'
        : 'Cordon cannot write where policies are kept, or you may not: you get the change as a patch.'
    }</p>
${tryPanel(frame, view)}
${drafts.map((draft) => suggestion(frame, draft, view))}`,
  );
}

function tryPanel(frame: Frame, view: DraftView): Html {
  const { text, problem, tried, period } = view;
  return html`<section class="panel try" id="try"><h2>Try a policy on what was observed</h2>
<form method="post" action="/flows/drafts#try" class="stack">
<input type="hidden" name="csrf" value="${frame.session.csrf}">
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
<label class="field"><span>One policy, as YAML</span><textarea name="policy" rows="10" maxlength="20000" spellcheck="false" required>${text}</textarea>
<small>A policy of the register with the same id is replaced for the comparison.</small></label>
<div class="try-row"><label class="field"><span>On</span><select name="period">${PERIODS.map((each) => html`<option value="${each}"${each === period ? html` selected` : ''}>${PERIOD_WORDS[each].toLowerCase()}</option>`)}</select></label>
<button class="button primary" type="submit">Try</button></div>
</form>
${tried === null ? '' : html`<div class="tried">${replayTable(tried.rows)}${acceptance(frame, view, tried)}</div>`}</section>`;
}

function acceptance(frame: Frame, { text, folder }: DraftView, { id, isNew }: Tried): Html {
  const path = `${folder.name}/${id}.yaml`;
  if (!isNew) {
    return html`<p class="quiet">The register has <a href="${flowAddress(id)}">${id}</a> already. Change its file where changes are reviewed; a file that is there is not changed from here.</p>`;
  }
  const patch = html`<details><summary class="link">The change as a patch</summary><pre class="sample added" tabindex="0" aria-label="Patch">${patchOf(path, text)}</pre></details>`;
  if (!folder.writable || !can(frame.session.role, 'flow.accept')) {
    return html`<p>Save it as <code>${path}</code>, or apply this patch, and start Cordon again.</p><pre class="sample added" tabindex="0" aria-label="Patch">${patchOf(path, text)}</pre>`;
  }
  return html`<form method="post" action="/flows/policies" class="stack">
<input type="hidden" name="csrf" value="${frame.session.csrf}"><textarea name="policy" hidden aria-label="The policy">${text}</textarea>
<p class="buttons"><button class="button primary" type="submit">Accept: add ${path}</button></p></form>${patch}`;
}

function suggestion(frame: Frame, draft: Suggestion, { waiting, folder }: DraftView): Html {
  const path = `${folder.name}/${draft.id}.yaml`;
  const fields = html`<form method="post" action="/flows/drafts#try" class="stack">
<input type="hidden" name="csrf" value="${frame.session.csrf}"><input type="hidden" name="draft" value="${draft.id}">
<div class="try-row"><label class="field"><span>Who answers for it</span><input name="owner" maxlength="200" required placeholder="privacy@hospital.example" autocomplete="off"></label>
${choice('What the receiver is to us', 'entity', ENTITIES)}
${choice('Why it gets the data', 'purpose', PURPOSES)}
<button class="button" type="submit">See what it would do</button></div></form>`;
  return html`<section class="block suggestion"><h2>${path}</h2>
${waiting.includes(draft.id) ? html`<p>Saved; in force when Cordon is started again.</p>` : fields}
<pre class="sample added" tabindex="0" aria-label="Draft ${draft.id}">${draft.yaml
    .trimEnd()
    .split('\n')
    .map(
      (line) => html`<span class="plus">${line}</span>
`,
    )}</pre></section>`;
}

function choice(label: string, name: string, values: readonly string[]): Html {
  return html`<label class="field"><span>${label}</span><select name="${name}">${values.map((value) => html`<option value="${value}">${value}</option>`)}</select></label>`;
}

function replayTable(rows: readonly Replayed[]): Html {
  const changed = rows.filter((row) => row.changes.length > 0 || row.before !== row.after);
  if (changed.length === 0) return html`<p role="status">Nothing would change for ${counted(rows.length, 'observed flow')}.</p>`;
  const atLeast = (amount: number): string => (amount === 0 ? '0' : `≥ ${count(amount)}`);
  return html`<div class="wide" tabindex="0" role="region" aria-label="What would change"><table>
<thead><tr><th scope="col">Flow</th><th scope="col">Before</th><th scope="col">After</th><th scope="col" class="number">Newly flagged</th><th scope="col" class="number">No longer</th><th scope="col">Kinds</th></tr></thead>
<tbody>${changed.map(
    (row) =>
      html`<tr><td>${route(systemName(row.source), systemName(row.destination))}<span class="sub">of ${counted(row.messages, 'message')}</span></td><td>${row.before}</td><td>${row.after}</td><td class="number">${atLeast(row.newlyFlagged)}</td><td class="number">${atLeast(row.noLongerFlagged)}</td><td>${row.changes.slice(0, 5).map(({ what, flagged }) => html`<span class="sub">${flagged ? '+ flagged' : '− permitted'}: ${what}</span>`)}${row.changes.length > 5 ? html`<span class="sub">and ${row.changes.length - 5} more</span>` : ''}</td></tr>`,
  )}</tbody></table></div>`;
}
