import { html } from 'hono/html';
import { route } from './badges.ts';
import type { FlowChoice } from './flow-choices.ts';
import type { Html } from './html.ts';
import { systemName } from './titles.ts';

/** A filter that is on, and goes with a click. */
export function removable(address: string, label: Html | string, away: string): Html {
  return html`<a class="chip" aria-current="true" href="${address}">${label} <span aria-hidden="true">×</span><span class="sr">, ${away}</span></a>`;
}

/** Narrows a list to one flow: a menu of them, or the one that is chosen. `address` leads to the list with another. */
export function flowFilter(
  chosen: string | undefined,
  flows: readonly FlowChoice[],
  address: (flow: string | undefined) => string,
): Html {
  if (chosen !== undefined) {
    const flow = flows.find(({ id }) => id === chosen);
    const label = flow === undefined ? chosen : route(systemName(flow.source), systemName(flow.destination));
    return html`<div class="chips" role="group" aria-label="Flow">${removable(address(undefined), label, 'show all flows')}</div>`;
  }
  if (flows.length === 0) return html``;
  return html`<details class="menu"><summary class="chip">Flow</summary>
<ul class="bare menu-list">${flows.map(
    (flow) => html`<li><a href="${address(flow.id)}">${route(systemName(flow.source), systemName(flow.destination))}</a></li>`,
  )}</ul></details>`;
}

/** The ways through a list of pages; nothing where it has one. Each is null where there is no such way. */
export function pagingNav(
  first: string | null,
  next: string | null,
  words: { readonly first: string; readonly next: string } = { first: 'First page', next: 'Next page' },
): Html {
  if (first === null && next === null) return html``;
  return html`<nav class="paging no-print" aria-label="Pages">
${first === null ? '' : html`<a class="button" href="${first}">${words.first}</a>`}
${next === null ? '' : html`<a class="button" rel="next" href="${next}">${words.next}</a>`}
</nav>`;
}
