import { html } from 'hono/html';
import type { Finding } from '../core/vocabulary.ts';
import type { Opened } from '../reveal/open-value.ts';
import { mayLook, type Reveal, standingReveal } from '../reveal/reveal.ts';
import { moment } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { can } from './permissions.ts';
import { REVEAL_WORDS, revealAddress } from './reveal-words.ts';
import { isGuest, type Session } from './session.ts';
import { CATEGORY_WORDS, counted, exact, SUBJECT_WORDS } from './words.ts';

/** What waits for a second person, and what is open to this reader. */
export function revealsPage(frame: Frame, waiting: readonly Reveal[], open: readonly Reveal[], now: number): Html {
  const { user } = frame.session;
  const mine = open.filter(({ asked }) => asked.user === user);
  const forMe = waiting.filter(({ asked }) => asked.user !== user);
  const title = forMe.length > 0 && canDecide(frame.session) ? needTitle(forMe.length) : 'No reveal waits for you';
  return page(
    frame,
    'incidents',
    title,
    html`<p class="crumbs"><a href="/incidents">Incidents</a></p>
<div class="title"><h1>${title}</h1><p class="title-end"><a href="/reveals.csv">CSV</a></p></div>
${table('Open to you', mine, now)}
${table('Waiting for a second person', waiting, now)}
${mine.length + waiting.length === 0 ? html`<p class="quiet">Who needs to see a value asks for it on the page of an incident. The question shows here until another person approves or denies it.</p>` : ''}`,
  );
}

function needTitle(waiting: number): string {
  return waiting === 1 ? '1 reveal waits for a decision' : `${counted(waiting, 'reveal')} wait for a decision`;
}

function table(title: string, reveals: readonly Reveal[], now: number): Html {
  if (reveals.length === 0) return html``;
  return html`<section class="block"><h2>${title}</h2>
<table class="samples" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Why</th><th role="columnheader" scope="col">Asked by</th><th role="columnheader" scope="col">Asked</th><th role="columnheader" scope="col">Until</th></tr></thead>
<tbody role="rowgroup">${reveals.map(
    (reveal) => html`<tr role="row">
<td role="cell"><a href="${revealAddress(reveal)}">${reveal.reason}</a></td>
<td role="cell">${reveal.asked.name}</td>
<td role="cell">${moment(reveal.asked.at, now)}</td>
<td role="cell">${moment(reveal.until, now)}</td>
</tr>
`,
  )}</tbody></table></section>`;
}

function canDecide(session: Session): boolean {
  return can(session.role, 'reveal.approve') && !isGuest(session.user);
}

export interface RevealView {
  readonly reveal: Reveal;
  /** Null where the message's findings are gone. */
  readonly finding: Finding | null;
  /** What opening it gave; null where this page shows no value. */
  readonly opened: Opened | null;
  readonly problem: string | null;
  readonly now: number;
}

/** One question: what is asked for, who asked, what was decided; and, to the asker while it is open, the value. */
export function revealPage(frame: Frame, view: RevealView): Html {
  const { reveal, opened, problem, now } = view;
  const standing = standingReveal(reveal, now);
  const title = opened?.kind === 'value' ? 'This value is shown to you alone' : TITLES[standing];
  return page(
    frame,
    'incidents',
    title,
    html`<p class="crumbs"><a href="/incidents/${encodeURIComponent(reveal.incident)}">The incident</a> · <a href="/reveals">Reveals</a></p>
<div class="title"><h1>${title}</h1><p class="badges"><span class="state">${REVEAL_WORDS[standing]}</span></p></div>
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
${opened === null ? '' : openedPart(opened, reveal, now)}
<section class="panel"><dl class="facts">
<div><dt>What</dt><dd>${what(view.finding)}</dd></div>
<div><dt>Why</dt><dd>${reveal.reason}</dd></div>
<div><dt>Asked by</dt><dd>${reveal.asked.name}, ${moment(reveal.asked.at, now)}</dd></div>
${reveal.decided === null ? '' : html`<div><dt>${DECIDED[reveal.state]} by</dt><dd>${reveal.decided.name}, ${moment(reveal.decided.at, now)}</dd></div>`}
<div><dt>${standing === 'asked' || standing === 'approved' ? 'Until' : 'Ended'}</dt><dd>${moment(reveal.until, now)} <span class="quiet">${exact(reveal.until)}</span></dd></div>
</dl></section>
${actions(frame.session, reveal, opened, now)}`,
  );
}

const TITLES = {
  asked: 'A value is asked for',
  approved: 'A value is open to who asked for it',
  denied: 'This reveal was denied',
  withdrawn: 'This reveal was withdrawn',
  expired: 'This reveal has expired',
} as const;
const DECIDED = { asked: '', approved: 'Approved', denied: 'Denied', withdrawn: 'Withdrawn' } as const;

function what(finding: Finding | null): Html {
  if (finding === null)
    return html`<span class="quiet">Its message is gone (<code>ledger.retention</code>), and the value with it.</span>`;
  return html`${CATEGORY_WORDS[finding.category]} <span class="quiet">(${SUBJECT_WORDS[finding.subject]})</span>, at <code>${finding.path}</code>, of the shape <span class="mono mask">${finding.mask}</span>`;
}

function openedPart(opened: Opened, reveal: Reveal, now: number): Html {
  if (opened.kind !== 'value') return html`<p class="alert" role="alert">${OPENED_WORDS[opened.kind]}</p>`;
  return html`<section class="panel revealed"><p class="mono value">${opened.value}</p>
<p class="quiet small">Open until ${moment(reveal.until, now)}. This look is on the audit log. Close the page when you have read it: it is not kept anywhere.</p></section>`;
}

const OPENED_WORDS = {
  gone: 'The body of this message was dropped (vault.retention), so there is nothing to show any more. The shape above is all that is left.',
  lost: 'The message does not read as it did when this was found, so nothing is shown. Find out whether the parser changed since.',
  locked:
    'The service that holds the keys does not answer, so the vault stays shut. Try again in a minute; if it stays so, run cordon doctor.',
} as const;

function actions(session: Session, reveal: Reveal, opened: Opened | null, now: number): Html {
  const standing = standingReveal(reveal, now);
  const own = reveal.asked.user === session.user;
  if (standing === 'asked' && own) {
    return html`<p>Another person has to decide: you asked.</p><div class="row-of-forms">${step(session, reveal, 'withdraw', 'Withdraw', '')}</div>`;
  }
  if (standing === 'asked') {
    if (isGuest(session.user)) return html`<p class="quiet">To decide, sign in with an account of your own.</p>`;
    if (!can(session.role, 'reveal.approve')) return html`<p class="quiet">A privacy officer decides on it.</p>`;
    return html`<div class="row-of-forms">${step(session, reveal, 'approve', 'Approve', 'primary')}${step(session, reveal, 'deny', 'Deny', '')}</div>`;
  }
  if (!mayLook(reveal, session.user, now)) return html``;
  return html`<form method="post" action="${revealAddress(reveal)}/value"><input type="hidden" name="csrf" value="${session.csrf}">
<button class="button ${opened === null ? 'primary' : ''}" type="submit">${opened === null ? 'Show the value' : 'Look again'}</button></form>`;
}

function step(session: Session, reveal: Reveal, name: string, label: string, kind: string): Html {
  return html`<form method="post" action="${revealAddress(reveal)}/${name}"><input type="hidden" name="csrf" value="${session.csrf}">
<button class="button ${kind}" type="submit">${label}</button></form>`;
}
