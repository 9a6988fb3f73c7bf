import { html } from 'hono/html';
import type { DeskDay } from '../ledger/desk/overview-store.ts';
import type { DeskQueue } from '../ledger/desk/store.ts';
import { moment, route, severityBadge } from './badges.ts';
import type { Standing } from './evidence-matrix.ts';
import { evidenceAddress, standingMark } from './evidence-page.ts';
import { queueAddress } from './filters.ts';
import { flowAddress } from './flow-page.ts';
import { type Absorbed, clockWords, type DecisionLine, homeTitle } from './home.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { systemName } from './titles.ts';
import { count, counted, day, exact, REMEDY_WORDS, SEVERITY_WORDS } from './words.ts';

export interface HomeView {
  readonly queue: DeskQueue;
  readonly decisions: readonly DecisionLine[];
  readonly coverage: Coverage;
  readonly days: readonly DeskDay[];
  readonly encryption: Record<'hops' | 'places', ReadonlyMap<Standing, number>>;
  readonly absorbed: readonly Absorbed[];
  readonly visit: Visit;
  readonly now: number;
}

export interface Coverage {
  readonly received: number;
  readonly examined: number;
  readonly unexamined: number;
  readonly flowsHeard: number;
  readonly flowsExpected: number;
  readonly unregistered: number;
  /** When the oldest message came that nobody has scanned; null where none waits. */
  readonly oldestWaiting: number | null;
}

/** What changed since this reader was last seen; `since` is null on the first visit. */
export interface Visit {
  readonly since: number | null;
  readonly opened: number;
  readonly closed: number;
  readonly newFlows: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** The first page: is anything wrong, what first, am I done. */
export function homePage(frame: Frame, view: HomeView): Html {
  const title = homeTitle(view.queue);
  return page(
    { ...frame, assets: ['uplot.css', 'uplot.js'] },
    'home',
    title,
    html`<div class="title"><h1>${title}</h1></div>
<p class="quiet coverage">${coverageLine(view.coverage, view.now)}</p>
${decisions(view)}
<div class="halves">
${chart(view.days)}
${encryption(view.encryption)}
${absorbed(view.absorbed, view.now)}
${visit(view.visit, view.now)}
</div>`,
  );
}

function coverageLine(coverage: Coverage, now: number): Html {
  const { received, examined, unexamined, flowsHeard, flowsExpected, unregistered, oldestWaiting } = coverage;
  if (received === 0)
    return html`No message has arrived yet. Point a copy of an engine's traffic at Cordon, or run <code>npm run demo</code>.`;
  const share = Math.floor((1000 * (examined - unexamined)) / received) / 10;
  return html`${share} % of ${counted(received, 'message')} examined whole, ${count(unexamined)} in part ·
<a href="/flows">${count(flowsHeard)} of ${counted(flowsExpected, 'registered flow')} heard</a>, <a href="/flows">${count(unregistered)} unregistered</a> ·
${oldestWaiting === null ? 'none waits to be scanned' : html`the oldest unscanned came ${moment(oldestWaiting, now)}`}`;
}

function decisions(view: HomeView): Html {
  const { queue } = view;
  if (view.decisions.length === 0) {
    return html`<div class="empty"><p>What needs a decision appears here: a new incident, one that came back, one that is overdue.</p>${below(queue)}</div>`;
  }
  return html`<section aria-label="Decisions to take">
<ol class="bare decisions" data-rows>${view.decisions.map((line) => decision(line, view.now))}</ol>
${below(queue)}
<p class="keys quiet" data-keys hidden><kbd>j</kbd> <kbd>k</kbd> move · <kbd>Enter</kbd> opens · <kbd>?</kbd> all keys</p>
</section>`;
}

function decision(line: DecisionLine, now: number): Html {
  const { incident, sentence, flowing, encryption: standing, clockDay } = line;
  const { due, assignee } = incident.desk;
  return html`<li>
<div class="decision-head">${severityBadge(incident.severity)}${due !== null && due <= now ? html` <span class="state open">Overdue</span>` : ''}</div>
<div class="decision-body"><a class="row-link" href="/incidents/${encodeURIComponent(incident.id)}">${sentence}</a>
<span class="sub">${route(systemName(incident.source), systemName(incident.destination))}</span>
<span class="bearing">${flowing ? html`<span class="flowing">still flowing</span>` : html`<span class="quiet">last seen ${moment(incident.lastSeen, now)}</span>`}
<span><span class="quiet">encryption</span> ${standingMark(standing)}</span>
${clockDay === null ? '' : html`<span title="45 CFR 164.404: the clock of a breach runs from the first alert, if it is one">${clockWords(clockDay)} <span class="quiet">of the breach clock</span></span>`}
${assignee === null ? '' : html`<span class="quiet">${assignee}</span>`}</span>
<span class="next"><span class="quiet">Next:</span> ${REMEDY_WORDS[incident.reason]}</span></div>
</li>
`;
}

/** What is counted below the decisions: those that wait for room, the digest of what is new, and what nothing confirms. */
function below({ waiting, digest, unconfirmed, needing, total }: DeskQueue): Html {
  const more = total - needing.length;
  const parts = (['critical', 'high', 'medium', 'low'] as const).flatMap((severity) =>
    waiting[severity] === 0
      ? []
      : [
          html`<a href="${queueAddress({ state: 'open' }, { severity })}">${count(waiting[severity])} ${SEVERITY_WORDS[severity].toLowerCase()}</a>`,
        ],
  );
  return html`${more > 0 ? html`<p><a href="/incidents">${counted(more, 'more decision')}</a></p>` : ''}
${parts.length === 0 ? '' : html`<p class="quiet">Waiting below them: ${parts.map((part, index) => html`${index === 0 ? '' : ', '}${part}`)}. Ten a day come up, the gravest first.</p>`}
${digest === null ? '' : html`<p class="quiet">New flows and rules are watched until ${day(digest.until)}: ${counted(digest.incidents, 'incident')} on ${counted(digest.flows, 'flow')}, as one.</p>`}
${unconfirmed === null ? '' : html`<p class="quiet">Possible identifiers in texts that nothing confirms: <a href="${queueAddress({ state: 'open' }, { unconfirmed: 'yes' })}">${counted(unconfirmed.incidents, 'incident')}</a> on ${counted(unconfirmed.flows, 'flow')}, ${counted(unconfirmed.messages, 'message')}, as one.</p>`}`;
}

function chart(days: readonly DeskDay[]): Html {
  const opened = days.reduce((sum, each) => sum + each.opened, 0);
  const closed = days.reduce((sum, each) => sum + each.closed, 0);
  const summary = `${counted(opened, 'incident')} opened, ${count(closed)} closed in ${days.length} days`;
  return html`<section class="block"><h2>${summary}</h2>
<div class="chart" data-chart role="img" aria-label="${summary}" hidden></div>
<p class="legend small"><span class="swatch opened"></span>Opened <span class="swatch closed"></span>Closed</p>
<details><summary class="link">Day by day</summary>
<table class="days" data-days><thead><tr><th scope="col">Day (UTC)</th><th scope="col" class="number">Opened</th><th scope="col" class="number">Closed</th></tr></thead>
<tbody>${days.map((each) => html`<tr><td>${day(each.day * DAY)}</td><td class="number">${each.opened}</td><td class="number">${each.closed}</td></tr>`)}</tbody></table></details></section>`;
}

const SHOWN: readonly Standing[] = ['proven', 'expiring', 'claimed', 'unknown', 'failed'];

function encryption({ hops, places }: HomeView['encryption']): Html {
  const line = (label: string, tally: ReadonlyMap<Standing, number>): Html => {
    const all = [...tally.values()].reduce((sum, each) => sum + each, 0);
    if (all === 0) return html`<p class="quiet">${label}: none is registered.</p>`;
    return html`<h3>${label}</h3>${bar(tally, all)}<p class="legend">${SHOWN.filter(
      (standing) => (tally.get(standing) ?? 0) > 0,
    ).map(
      (standing) =>
        html`<a class="cell" href="${evidenceAddress({ show: standing })}">${standingMark(standing)} ${count(tally.get(standing) ?? 0)}</a> `,
    )}</p>`;
  };
  return html`<section class="block"><h2>Encryption</h2>${line('On the wire', hops)}${line('At rest', places)}</section>`;
}

/** Shares as one bar; the numbers stand under it. */
function bar(tally: ReadonlyMap<Standing, number>, all: number): Html {
  let from = 0;
  const parts = SHOWN.map((standing) => {
    const width = (1000 * (tally.get(standing) ?? 0)) / all;
    const part = html`<rect class="${standing}" x="${from}" y="0" width="${width}" height="8"></rect>`;
    from += width;
    return part;
  });
  return html`<svg class="share" viewBox="0 0 1000 8" preserveAspectRatio="none" width="100%" height="8" aria-hidden="true">${parts}</svg>`;
}

function absorbed(rows: readonly Absorbed[], now: number): Html {
  if (rows.length === 0) {
    return html`<section class="block"><h2>What policies absorb for a time</h2><p class="quiet">No exception holds, and no policy ends within 60 days.</p></section>`;
  }
  return html`<section class="block"><h2>What policies absorb for a time</h2>
<table><thead><tr><th scope="col">Policy</th><th scope="col">Lets pass</th><th scope="col" class="number">Messages, 30 days</th><th scope="col">Ends</th></tr></thead>
<tbody>${rows
    .slice(0, 10)
    .map(
      ({ policy, what, reason, expires, until, messages }) =>
        html`<tr><td><a href="${flowAddress(policy.id)}">${policy.id}</a></td><td>${what}<span class="sub">${reason}</span></td><td class="number">${count(messages)}</td><td><time datetime="${expires}" title="${exact(until - 1)}">${expires}</time>${until - now < 14 * DAY ? html` <span class="state open">Soon</span>` : ''}</td></tr>`,
    )}</tbody></table></section>`;
}

function visit({ since, opened, closed, newFlows }: Visit, now: number): Html {
  if (since === null) {
    return html`<section class="block"><h2>Since your last visit</h2><p class="quiet">This is the first that the audit log has of you. From the next one on, what changed stands here.</p></section>`;
  }
  return html`<section class="block"><h2>Since your last visit, ${moment(since, now)}</h2>
<ul class="bare plain-list">
<li><a href="/incidents?state=all">${counted(opened, 'incident')} opened</a>, ${count(closed)} closed</li>
<li><a href="/flows">${counted(newFlows, 'flow')} heard for the first time</a></li>
</ul></section>`;
}
