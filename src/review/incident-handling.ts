import { html } from 'hono/html';
import type { Account } from '../ledger/people/store.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { isOverdue, UNSETTLED } from '../policy/due.ts';
import { NOTE_LIMIT } from './actions-panel.ts';
import { moment } from './badges.ts';
import type { Html } from './html.ts';
import { can } from './permissions.ts';
import type { Session } from './session.ts';
import { day } from './words.ts';

/** What was asked and not taken: which form says so, and what was typed into it. */
export interface HandlingProblem {
  readonly form: 'assignment' | 'due' | 'comments';
  readonly text: string;
  readonly typed: string;
}

/** Whom an incident can be given to: who may work on incidents, the reader, and who has it. */
export function takers(accounts: readonly Account[], session: Session, incident: IncidentRow): readonly string[] {
  const names = accounts
    .filter(({ disabledAt, role }) => disabledAt === null && can(role, 'incident.assign'))
    .map(({ name }) => name);
  return [...new Set([session.actor, ...names, ...(incident.desk.assignee ?? [])])];
}

/** Who has it and until when, with the forms that change it. */
export function handlingPanel(
  session: Session,
  incident: IncidentRow,
  names: readonly string[],
  problem: HandlingProblem | null,
  now: number,
): Html {
  const { assignee, due } = incident.desk;
  const late = due !== null && isOverdue({ state: incident.state, due }, now);
  return html`<section class="handling"><h2>Handling</h2>
<dl class="facts">
<div><dt>Assignee</dt><dd>${assignee ?? html`<span class="quiet">nobody</span>`}</dd></div>
<div><dt>Due</dt><dd>${due === null ? html`<span class="quiet">no day</span>` : html`<span${late ? html` class="late"` : ''}>${late ? 'overdue, ' : ''}${moment(due, now)}</span>`}</dd></div>
</dl>
${can(session.role, 'incident.assign') ? assignment(session, incident, names, problem) : ''}
${can(session.role, 'incident.move') && UNSETTLED.includes(incident.state) ? dueForm(session, incident, problem, now) : ''}</section>`;
}

function opening(session: Session, incident: IncidentRow, form: HandlingProblem['form']): Html {
  return html`<form method="post" action="/incidents/${encodeURIComponent(incident.id)}/${form}" class="stack">
<input type="hidden" name="csrf" value="${session.csrf}">
<input type="hidden" name="from" value="${incident.state}">`;
}

function alert(problem: HandlingProblem | null, form: HandlingProblem['form']): Html {
  return problem?.form === form ? html`<p class="alert" role="alert">${problem.text}</p>` : html``;
}

function assignment(session: Session, incident: IncidentRow, names: readonly string[], problem: HandlingProblem | null): Html {
  const { assignee } = incident.desk;
  const take = html`${opening(session, incident, 'assignment')}<input type="hidden" name="assignee" value="${session.actor}"><button class="button wide" type="submit" data-key="m">Take <kbd>m</kbd></button></form>`;
  return html`${assignee === session.actor ? '' : take}
<details class="action"${problem?.form === 'assignment' ? html` open` : ''}><summary class="button wide">Give to somebody</summary>
${opening(session, incident, 'assignment')}${alert(problem, 'assignment')}
<label class="field"><span>To whom</span><select name="assignee">
<option value=""${assignee === null ? html` selected` : ''}>Nobody</option>
${names.map((name) => html`<option value="${name}"${name === assignee ? html` selected` : ''}>${name}</option>`)}
</select></label>
<button class="button primary" type="submit">Give</button></form></details>`;
}

function dueForm(session: Session, incident: IncidentRow, problem: HandlingProblem | null, now: number): Html {
  const { due } = incident.desk;
  const value = problem?.form === 'due' ? problem.typed : due === null ? '' : day(due - 1);
  return html`<details class="action"${problem?.form === 'due' ? html` open` : ''}><summary class="button wide">Change the due day</summary>
${opening(session, incident, 'due')}${alert(problem, 'due')}
<label class="field"><span>Due by the end of (UTC)</span><input type="date" name="due" min="${day(now)}" value="${value}" required></label>
<button class="button primary" type="submit">Change</button></form></details>`;
}

/** Writes into the history. Stands under it, as in any thread. */
export function commentForm(session: Session, incident: IncidentRow, problem: HandlingProblem | null): Html {
  if (!can(session.role, 'incident.comment')) return html``;
  return html`<div class="comment">${opening(session, incident, 'comments')}${alert(problem, 'comments')}
<label class="field"><span>Comment</span>
<textarea name="text" rows="2" maxlength="${NOTE_LIMIT}" required data-key="c">${problem?.form === 'comments' ? problem.typed : ''}</textarea>
<small>It stays in the history. Write no patient's data into it.</small></label>
<p class="buttons"><button class="button" type="submit">Comment</button></p></form></div>`;
}
