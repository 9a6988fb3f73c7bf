import { html } from 'hono/html';
import type { IncidentRow, IncidentState } from '../policy/decision.ts';
import { canTransition, LONGEST_ACCEPTANCE } from '../policy/transitions.ts';
import type { Html } from './html.ts';
import type { Session } from './session.ts';
import { day } from './words.ts';

/** What a reader filled in and the ledger did not take. */
export interface Draft {
  readonly to: IncidentState;
  readonly note: string;
  /** `YYYY-MM-DD` as typed, or `change`. */
  readonly until: string;
  readonly problem: string;
}

/** Longest note, in characters. */
export const NOTE_LIMIT = 2000;

const DAY = 24 * 60 * 60 * 1000;

interface Action {
  readonly to: IncidentState;
  readonly label: string;
  readonly hint: string;
  /** Does it, or opens its form, from the keyboard; the same as in the queue. */
  readonly key: string;
  readonly note: 'none' | 'optional' | 'required';
  readonly noteLabel: string;
}

const ACTIONS: readonly Action[] = [
  { to: 'acknowledged', label: 'Acknowledge', key: 'a', hint: 'Somebody works on it.', note: 'none', noteLabel: '' },
  {
    to: 'escalated',
    label: 'Escalate',
    key: 'e',
    hint: 'Somebody else has to decide. It stays due.',
    note: 'required',
    noteLabel: 'To whom, and why',
  },
  {
    to: 'resolved',
    label: 'Resolve',
    key: 'r',
    hint: 'The cause is removed. If it comes again, the incident opens again.',
    note: 'optional',
    noteLabel: 'What was done',
  },
  {
    to: 'false-positive',
    label: 'False positive',
    key: 'f',
    hint: 'This is not what the rule took it for. It stays closed when it comes again.',
    note: 'required',
    noteLabel: 'Why it is none',
  },
  {
    to: 'accepted-risk',
    label: 'Accept the risk',
    key: 'p',
    hint: 'It is true, and it may go on until a day, or until it changes. More than what is known now always opens it again.',
    note: 'required',
    noteLabel: 'Why it may go on',
  },
  { to: 'open', label: 'Open again', key: 'o', hint: 'It needs somebody again.', note: 'none', noteLabel: '' },
];

/** The decisions that the state of the incident allows, each a form of its own that works without script. */
export function actionPanel(session: Session, incident: IncidentRow, draft: Draft | null, now: number): Html {
  const allowed = ACTIONS.filter((action) => canTransition(incident.state, action.to));
  const stray = draft !== null && !allowed.some((action) => action.to === draft.to && action.note !== 'none');
  return html`<h2>Decide</h2>
${stray ? html`<p class="alert" role="alert">${draft.problem}</p>` : ''}
${allowed.map((action, index) => actionForm(session, incident, action, draft?.to === action.to ? draft : null, index === 0, now))}`;
}

function actionForm(
  session: Session,
  incident: IncidentRow,
  action: Action,
  draft: Draft | null,
  first: boolean,
  now: number,
): Html {
  const open = html`<form method="post" action="/incidents/${encodeURIComponent(incident.id)}/transitions" class="stack">
<input type="hidden" name="csrf" value="${session.csrf}">
<input type="hidden" name="from" value="${incident.state}">
<input type="hidden" name="to" value="${action.to}">`;
  if (action.note === 'none') {
    return html`${open}<button class="button wide${first ? ' primary' : ''}" type="submit" title="${action.hint}" data-key="${action.key}">${action.label} <kbd>${action.key}</kbd></button></form>`;
  }
  return html`<details class="action"${draft === null ? '' : html` open`}><summary class="button wide" data-key="${action.key}">${action.label} <kbd>${action.key}</kbd></summary>
${open}
<p class="quiet small">${action.hint}</p>
${draft === null ? '' : html`<p class="alert" role="alert">${draft.problem}</p>`}
<label class="field"><span>${action.noteLabel}${action.note === 'optional' ? html` <span class="quiet">(optional)</span>` : ''}</span>
<textarea name="note" rows="3" maxlength="${NOTE_LIMIT}"${action.note === 'required' ? html` required` : ''}>${draft?.note ?? ''}</textarea>
<small>It stays in the history. Write no patient's data into it.</small></label>
${action.to === 'accepted-risk' ? dayField(draft, now) : ''}
<button class="button primary" type="submit">${action.label}</button>
</form></details>`;
}

function dayField(draft: Draft | null, now: number): Html {
  return html`<label class="field"><span>Until the end of (UTC)</span>
<input type="date" name="until" min="${day(now)}" max="${day(now + LONGEST_ACCEPTANCE - DAY)}" value="${draft?.until === 'change' ? '' : (draft?.until ?? '')}"></label>
<label class="field"><span><input type="checkbox" name="change" value="yes"${draft?.until === 'change' ? html` checked` : ''}> Or until it changes</span>
<small>A new category, a new destination, or encryption that is lost.</small></label>`;
}
