import { html } from 'hono/html';
import type { Acted, Change } from '../ledger/desk/store.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { NOTE_LIMIT } from './actions-panel.ts';
import { severityBadge } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import type { Action } from './permissions.ts';
import type { Session } from './session.ts';
import { titleOf } from './titles.ts';
import { counted } from './words.ts';

/** One thing that is done to the selected incidents. */
export interface BulkAct {
  readonly name: string;
  readonly label: string;
  /** Does it from the keyboard. */
  readonly key: string;
  readonly action: Action;
  /** `none` is done at once, and can be undone; the others are looked at before. */
  readonly note: 'none' | 'optional' | 'required';
  /** What is asked of the ledger. */
  readonly change: (actor: string, note: string) => Change;
  /** `3 incidents …` */
  readonly past: string;
}

function move(to: 'acknowledged' | 'escalated' | 'resolved' | 'false-positive'): BulkAct['change'] {
  return (_actor, note) => ({ kind: 'move', to, note, until: null });
}

export const ACTS: readonly BulkAct[] = [
  {
    name: 'acknowledge',
    label: 'Acknowledge',
    key: 'a',
    action: 'incident.move',
    note: 'none',
    change: move('acknowledged'),
    past: 'acknowledged',
  },
  {
    name: 'take',
    label: 'Take',
    key: 'm',
    action: 'incident.assign',
    note: 'none',
    change: (actor) => ({ kind: 'assign', assignee: actor }),
    past: 'taken',
  },
  {
    name: 'resolve',
    label: 'Resolve',
    key: 'r',
    action: 'incident.move',
    note: 'optional',
    change: move('resolved'),
    past: 'resolved',
  },
  {
    name: 'escalate',
    label: 'Escalate',
    key: 'e',
    action: 'incident.move',
    note: 'required',
    change: move('escalated'),
    past: 'escalated',
  },
  {
    name: 'false-positive',
    label: 'False positive',
    key: 'f',
    action: 'incident.move',
    note: 'required',
    change: move('false-positive'),
    past: 'called false positives',
  },
];

/** What became of an act, as the address of the queue says it. */
export interface Done {
  readonly act: string;
  readonly name: string;
  readonly done: number;
  readonly refused: number;
  readonly back: string;
}

/** Says what was done, and takes it back with one click. */
export function doneNotice(session: Session, { act, name, done, refused, back }: Done): Html {
  const past = ACTS.find((each) => each.name === name)?.past ?? 'put back';
  const isUndone = name === 'undo';
  return html`<div class="notice" role="status" data-fades><span>${counted(done, 'incident')} ${past}.</span>${
    refused === 0
      ? ''
      : html`<span>${counted(refused, 'incident')} left as ${refused === 1 ? 'it is' : 'they are'}: somebody changed ${refused === 1 ? 'it' : 'them'} meanwhile.</span>`
  }${
    isUndone || done === 0
      ? ''
      : html`<form method="post" action="/acts/${act}/undo"><input type="hidden" name="csrf" value="${session.csrf}"><input type="hidden" name="back" value="${back}"><button class="link" type="submit" data-key="z">Undo <kbd>z</kbd></button></form>`
  }</div>`;
}

export interface PreviewView {
  readonly act: BulkAct;
  /** Names the act, so that sending it twice is doing it once. */
  readonly id: string;
  readonly preview: Acted;
  readonly incidents: readonly IncidentRow[];
  readonly note: string;
  readonly problem: string | null;
  readonly back: string;
}

/** What an act would do, before it is done: how many, and which it would leave as they are and why. */
export function previewPage(frame: Frame, view: PreviewView): Html {
  const { act, preview, incidents } = view;
  const title = `${act.label}: ${counted(preview.done.length, 'incident')}`;
  const refused = new Map(preview.refused.map(({ id, why }) => [id, why]));
  return page(
    frame,
    'incidents',
    title,
    html`<p class="crumbs"><a href="/incidents${view.back}">Incidents</a></p>
<div class="title"><h1>${title}</h1>${refused.size === 0 ? '' : html`<p class="quiet">${counted(refused.size, 'other')} will stay as ${refused.size === 1 ? 'it is' : 'they are'}</p>`}</div>
<form method="post" action="/incidents/bulk" class="stack narrow">
<input type="hidden" name="csrf" value="${frame.session.csrf}">
<input type="hidden" name="act" value="${act.name}"><input type="hidden" name="id" value="${view.id}"><input type="hidden" name="sure" value="yes">
<input type="hidden" name="back" value="${view.back}">
${incidents.map(({ id, state }) => html`<input type="hidden" name="item" value="${id}|${state}">`)}
${view.problem === null ? '' : html`<p class="alert" role="alert">${view.problem}</p>`}
<label class="field"><span>Why${act.note === 'optional' ? html` <span class="quiet">(optional)</span>` : ''}</span>
<textarea name="note" rows="3" maxlength="${NOTE_LIMIT}"${act.note === 'required' ? html` required` : ''}>${view.note}</textarea>
<small>It stands in the history of each. Write no patient's data into it.</small></label>
<p class="buttons"><button class="button primary" type="submit"${preview.done.length === 0 ? html` disabled` : ''}>${act.label}</button> <a class="button" href="/incidents${view.back}">Back</a></p>
</form>
<section class="block"><h2>Which</h2><ul class="bare plain-list">${incidents.map(
      (incident) =>
        html`<li>${severityBadge(incident.severity)} ${titleOf(incident)}${refused.has(incident.id) ? html` <span class="quiet">stays as it is: ${refused.get(incident.id)}</span>` : ''}</li>`,
    )}</ul></section>`,
  );
}
