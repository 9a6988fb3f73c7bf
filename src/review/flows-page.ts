import { html } from 'hono/html';
import type { FlowRow } from '../ledger/flow-store.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { moment, route } from './badges.ts';
import { flowAddress } from './flow-page.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { systemName } from './titles.ts';
import { count, counted } from './words.ts';

export interface FlowsView {
  readonly flows: readonly FlowRow[];
  readonly policies: readonly FlowPolicy[];
  readonly now: number;
}

/** `2 of 41 flows are not registered` */
function flowsTitle(flows: readonly FlowRow[], unregistered: number): string {
  if (flows.length === 0) return 'No flow has been heard yet';
  if (unregistered > 0) {
    return `${count(unregistered)} of ${counted(flows.length, 'flow')} ${unregistered === 1 ? 'is' : 'are'} not registered`;
  }
  return flows.length === 1 ? 'The only flow is registered' : `All ${count(flows.length)} flows are registered`;
}

/** What was observed against what is registered: unregistered flows first, then the latest heard; then policies nothing was heard of. */
export function flowsPage(frame: Frame, view: FlowsView): Html {
  const { flows, policies } = view;
  const known = new Map(policies.map((policy) => [policy.id, policy]));
  const unregistered = flows.filter((flow) => flow.policy === null);
  const registered = flows.filter((flow) => flow.policy !== null);
  const latest = (a: FlowRow, b: FlowRow) => b.lastSeen - a.lastSeen;
  const heard = new Set(registered.map((flow) => flow.policy));
  const unheard = policies.filter((policy) => !heard.has(policy.id));
  const title = flowsTitle(flows, unregistered.length);
  return page(
    frame,
    'flows',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">${counted(policies.length, 'policy', 'policies')} in the register · <a href="/flows/drafts">try a policy</a></p><p class="title-end"><a href="/flows.csv">CSV</a></p></div>
${unregistered.length === 0 ? '' : registerHint()}
${flows.length === 0 ? empty() : table([...unregistered.sort(latest), ...registered.sort(latest)], known, view.now)}
${unheard.length === 0 ? '' : unheardList(unheard)}`,
  );
}

function registerHint(): Html {
  return html`<div class="notice"><p>A flow that nobody registered is one incident, and nothing on it is permitted. <a href="/flows/drafts">Look at the drafts</a> that <code>cordon flows suggest</code> makes of what was observed, see what each would have done, and accept what its owner answers for.</p></div>`;
}

function empty(): Html {
  return html`<div class="empty"><p>Every source and destination appears here with its first message.</p>
<p>Point a copy of an engine's traffic at Cordon's MLLP or HTTP listener, or run <code>npm run demo</code>.</p></div>`;
}

function table(flows: readonly FlowRow[], known: ReadonlyMap<string, FlowPolicy>, now: number): Html {
  return html`<table class="rows flows" role="table" data-rows>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Flow</th><th role="columnheader" scope="col">Registered</th><th role="columnheader" scope="col">Listener</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col" class="c-first">First heard</th><th role="columnheader" scope="col">Last heard</th></tr></thead>
<tbody role="rowgroup">${flows.map((flow) => row(flow, known, now))}</tbody></table>`;
}

function row(flow: FlowRow, known: ReadonlyMap<string, FlowPolicy>, now: number): Html {
  return html`<tr role="row">
<td role="cell" class="c-title"><a class="row-link" href="${flowAddress(flow.policy ?? flow.key)}" title="What it may carry, and what it carried">${route(systemName(flow.source), systemName(flow.destination))}</a></td>
<td role="cell" class="c-policy">${registration(flow, known)}</td>
<td role="cell" class="mono c-listener">${flow.listener}</td>
<td role="cell" class="number c-messages" data-label="${flow.messages === 1 ? 'message' : 'messages'}">${count(flow.messages)}</td>
<td role="cell" class="c-first">${moment(flow.firstSeen, now)}</td>
<td role="cell" class="c-seen">${moment(flow.lastSeen, now)}</td>
</tr>
`;
}

function registration(flow: FlowRow, known: ReadonlyMap<string, FlowPolicy>): Html {
  if (flow.policy === null) return html`<span class="state unregistered">Not registered</span>`;
  const policy = known.get(flow.policy);
  if (policy === undefined)
    return html`<span class="mono">${flow.policy}</span> <span class="quiet">no longer in the register</span>`;
  return html`${policy.title} <span class="sub mono">${policy.id}${policy.status === 'active' ? '' : ` · ${policy.status}`}</span>`;
}

function unheardList(policies: readonly FlowPolicy[]): Html {
  return html`<section class="block"><h2>Registered, never heard</h2>
<ul class="bare plain-list">${policies.map((policy) => html`<li><a href="${flowAddress(policy.id)}">${policy.title}</a> <span class="mono quiet">${policy.id}</span></li>`)}</ul></section>`;
}
