import { html } from 'hono/html';
import { route } from './badges.ts';
import type { Html } from './html.ts';
import type { FlowChoice } from './queue-filters.ts';
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
