import { html } from 'hono/html';
import { IDENTIFIER_KINDS } from '../lineage/identifier.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { kindWords } from './trace-words.ts';

export interface AskView {
  readonly problem: string | null;
  /** What was just done: somebody was forgotten. */
  readonly told: string | null;
}

/** Longest identifier that is read. */
export const LONGEST_IDENTIFIER = 256;

/** Asks for an identifier. It goes with the form, and comes back nowhere. */
export function askPage(frame: Frame, { problem, told }: AskView): Html {
  const title = 'Where has a patient’s data been?';
  return page(
    frame,
    'trace',
    title,
    html`<div class="title"><h1>${title}</h1></div>
${told === null ? '' : html`<div class="notice" role="status"><p>${told}</p></div>`}
<form method="post" action="/trace" class="stack panel trace-form" autocomplete="off">
<input type="hidden" name="csrf" value="${frame.session.csrf}">
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
<label class="field"><span>Identifier</span><input name="identifier" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="${LONGEST_IDENTIFIER}" required><small>A record number is surest. A name needs the birth date beside it, as in <span class="mono">DOE JANE 1962-03-03</span>.</small></label>
<label class="field"><span>What it is</span><select name="kind"><option value="">Whatever fits</option>${IDENTIFIER_KINDS.map((kind) => html`<option value="${kind}">${kindWords(kind)}</option>`)}</select></label>
<label class="field"><span>As known by the end of</span><input type="date" name="at"><small>Leave it empty for now. Days are UTC.</small></label>
<p><button class="button primary" type="submit">Trace</button></p>
</form>
<section class="block trace-notes"><h2>What happens with it</h2>
<ul class="permits"><li>It is turned into keyed tokens and dropped. It is in no address, no log and no page.</li>
<li>The audit log says that you asked and how much you saw, and not whom for.</li>
<li>The answer shows systems, times and the shapes of values, never a value. It stays open to you for half an hour.</li></ul></section>`,
  );
}
