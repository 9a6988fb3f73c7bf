import { html } from 'hono/html';
import type { Html } from './html.ts';
import { PERIOD_WORDS, PERIODS, type PeriodChoice } from './period.ts';
import { can } from './permissions.ts';
import { sectionsOf } from './sections.ts';
import type { Session } from './session.ts';

export interface TopBar {
  readonly session: Session;
  /** What was searched for. */
  readonly search?: string | undefined;
  readonly period?: PeriodChoice | undefined;
}

/** What a search must not hold: it stands in the address. */
export const SEARCH_REFUSAL =
  'This looks like a number or an address of a person. A search stays in the history of the browser: look for a person with Trace.';

/** Search, period, and who is signed in. */
export function topBar(bar: TopBar): Html {
  return html`<header class="top">
${can(bar.session.role, 'read') ? searchForm(bar.search ?? '') : ''}
<div class="top-end">
${bar.period === undefined ? '' : periodMenu(bar.period)}
<button class="icon-button" type="button" data-theme-toggle hidden aria-label="Switch between light and dark" title="Switch between light and dark"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6"></circle><path class="filled" d="M8 2a6 6 0 0 1 0 12z"></path></svg></button>
${whoMenu(bar)}
</div>
</header>`;
}

function searchForm(text: string): Html {
  return html`<form class="search" role="search" method="get" action="/incidents">
<input type="hidden" name="state" value="all">
<input type="search" name="q" value="${text}" placeholder="Search incidents" maxlength="100" aria-label="Search incidents by system, flow or kind" autocomplete="off" spellcheck="false" data-refusal="${SEARCH_REFUSAL}">
<kbd aria-hidden="true">/</kbd>
</form>`;
}

function periodMenu({ current, address }: PeriodChoice): Html {
  const choices = [...PERIODS, undefined];
  const words = (period: (typeof choices)[number]): string => (period === undefined ? 'All time' : PERIOD_WORDS[period]);
  return html`<details class="menu end"><summary class="chip"><span class="sr">Period: </span>${words(current)}</summary>
<ul class="bare menu-list">${choices.map(
    (period) =>
      html`<li><a href="${address(period)}"${period === current ? html` aria-current="true"` : ''}>${words(period)}</a></li>`,
  )}</ul></details>`;
}

function whoMenu({ session }: TopBar): Html {
  const { role } = session;
  const settings = sectionsOf(role).find(({ id }) => id === 'settings');
  return html`<details class="menu end"><summary class="chip" title="Signed in as ${session.actor}, ${role}"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="5.5" r="3"></circle><path d="M2.5 14c.6-3 2.8-4.5 5.5-4.5s4.9 1.5 5.5 4.5"></path></svg><span class="who-name">${session.actor}</span></summary>
<div class="menu-list">
<p class="who"><strong>${session.actor}</strong><br><span class="quiet">${role}</span></p>
${settings === undefined ? '' : html`<a href="${settings.path}">${settings.label}</a>`}
<button type="button" data-show-keys>Keys <kbd>?</kbd></button>
<form method="post" action="/sign-out">
<input type="hidden" name="csrf" value="${session.csrf}">
<button type="submit">Sign out</button>
</form>
</div></details>`;
}
