import { html } from 'hono/html';
import type { Transfer } from '../core/transfer.ts';
import type { Accounting } from '../exports/record.ts';
import type { FlowRow } from '../ledger/flow-store.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { moment, route } from './badges.ts';
import { EXEMPTION_WORDS } from './disclosure-words.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { pagingNav } from './list-filters.ts';
import { can } from './permissions.ts';
import { reportsTabs } from './reports-tabs.ts';
import { categoryLabel, systemName } from './titles.ts';
import { count, counted, day } from './words.ts';

/** What an officer decided of everybody on a flow, as it holds today. */
export interface FlowAccounting {
  readonly flow: FlowRow;
  readonly policy: FlowPolicy | null;
  readonly accounting: Accounting;
}

/** What went over one flow of one patient on one day. */
export interface TransferAccounting {
  readonly transfer: Transfer;
  readonly flow: FlowRow | null;
  readonly accounting: Accounting;
}

export interface DisclosuresView {
  readonly flows: readonly FlowAccounting[];
  readonly transfers: readonly TransferAccounting[];
  /** `2026-11`, and those beside it. */
  readonly month: string;
  readonly before: string;
  readonly after: string | null;
  readonly cursor: string | undefined;
  readonly next: string | null;
  readonly told: string | null;
  readonly now: number;
}

/** Which transfers are accounted for (45 CFR 164.528): flows first, since one decision on a flow decides for all on it. */
export function disclosuresPage(frame: Frame, view: DisclosuresView): Html {
  const { flows, told } = view;
  const open = flows.filter(({ accounting }) => accounting.status === 'candidate');
  const decided = flows.filter(({ accounting }) => accounting.status !== 'candidate');
  const title = titleOf(flows.length, open.length);
  return page(
    frame,
    'reports',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">which transfers an accounting of disclosures lists (45 CFR 164.528)</p></div>
${reportsTabs(frame.session, '/reports/disclosures')}
${told === null ? '' : html`<div class="notice" role="status"><p>${told}</p></div>`}
${
  flows.length === 0
    ? empty()
    : html`${open.length === 0 ? '' : html`<section><h2>To decide</h2>${flowTable(frame, open, view.now)}</section>`}
${decided.length === 0 ? '' : html`<section${open.length === 0 ? '' : html` class="block"`}><h2>Decided</h2>${flowTable(frame, decided, view.now)}</section>`}
${transferSection(frame, view)}`
}`,
  );
}

function titleOf(flows: number, open: number): string {
  if (flows === 0) return 'Nothing was sent yet, so nothing is to be accounted for';
  if (open === 0) return `${flows === 1 ? 'The only flow is' : `All ${count(flows)} flows are`} decided`;
  return `${count(open)} of ${counted(flows, 'flow')} ${open === 1 ? 'waits' : 'wait'} for a decision`;
}

function flowTable(frame: Frame, rows: readonly FlowAccounting[], now: number): Html {
  const decides = can(frame.session.role, 'disclosure.decide');
  return html`<table class="rows disclosures" role="table" data-rows>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Flow</th><th role="columnheader" scope="col">Who receives, and for what</th><th role="columnheader" scope="col">Stands as</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col">Last seen</th></tr></thead>
<tbody role="rowgroup">${rows.map(({ flow, policy, accounting }) => {
    const name = route(systemName(flow.source), systemName(flow.destination));
    return html`<tr role="row">
<td role="cell" class="c-title">${decides ? html`<a class="row-link" href="${decideAddress(flow.key, '')}">${name}</a>` : name}<span class="sub">${policy?.title ?? 'no policy covers it'}</span></td>
<td role="cell" class="c-recipient">${policy === null ? html`<span class="quiet">nobody said</span>` : html`${policy.destination.system}<span class="sub">${policy.basis.purpose.replaceAll('-', ' ')}</span>`}</td>
<td role="cell" class="c-status">${statusText(accounting)}</td>
<td role="cell" class="number" data-label="${flow.messages === 1 ? 'message' : 'messages'}">${count(flow.messages)}</td>
<td role="cell" class="c-seen">${moment(flow.lastSeen, now)}</td></tr>
`;
  })}</tbody></table>`;
}

/** What it stands as, by whom; for a candidate what the policy speaks for. */
export function statusText({ status, suggested, decision }: Accounting): Html {
  if (status === 'disclosure')
    return html`<strong>Accountable disclosure</strong><span class="sub">${decision?.purpose ?? ''}, by ${decision?.actor ?? ''}</span>`;
  if (status === 'exempt') {
    const why = decision?.exemption ?? null;
    return html`<strong>Exempt</strong><span class="sub">${why === null ? '' : EXEMPTION_WORDS[why]}, by ${decision?.actor ?? ''}</span>`;
  }
  return html`Candidate<span class="sub">${suggested === null ? 'no exemption suggested' : `suggested: ${EXEMPTION_WORDS[suggested]}`}</span>`;
}

function transferSection(frame: Frame, { transfers, month, before, after, cursor, next }: DisclosuresView): Html {
  const decides = can(frame.session.role, 'disclosure.decide');
  const address = (of: string): string => `/reports/disclosures?month=${of}#transfers`;
  return html`<section class="block" id="transfers"><div class="title"><h2>Transfers of ${month}, one patient and day at a time</h2>${can(frame.session.role, 'export') ? html`<p class="title-end"><a href="/reports/disclosures.csv?month=${month}">CSV</a></p>` : ''}</div>
<nav class="filters chips" aria-label="Month"><a class="chip" href="${address(before)}">← ${before}</a><a class="chip" href="${address(month)}" aria-current="true">${month}</a>${after === null ? '' : html`<a class="chip" href="${address(after)}">${after} →</a>`}</nav>
${
  transfers.length === 0
    ? html`<p class="quiet">Nothing was sent in this month, or its transfers are past their time.</p>`
    : html`<table class="rows disclosures" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Day</th><th role="columnheader" scope="col">Patient</th><th role="columnheader" scope="col">Flow</th><th role="columnheader" scope="col" class="c-category">Carried</th><th role="columnheader" scope="col">Stands as</th><th role="columnheader" scope="col" class="number">Messages</th></tr></thead>
<tbody role="rowgroup">${transfers.map((row) => transferRow(row, decides))}</tbody></table>
${pagingNav(cursor === undefined ? null : address(month), next === null ? null : `/reports/disclosures?${new URLSearchParams({ month, cursor: next })}#transfers`)}`
}</section>`;
}

function transferRow({ transfer, flow, accounting }: TransferAccounting, decides: boolean): Html {
  const name = flow === null ? transfer.flow : route(systemName(flow.source), systemName(flow.destination));
  return html`<tr role="row">
<td role="cell" class="c-day">${day(transfer.day)}</td>
<td role="cell" class="mono c-patient">${transfer.patient === '' ? html`<span class="quiet">no patient named</span>` : shortToken(transfer.patient, transfer.flow, decides)}</td>
<td role="cell" class="c-flows">${name}${transfer.flagged === 0 ? '' : html`<span class="sub">${counted(transfer.flagged, 'message')} flagged</span>`}</td>
<td role="cell" class="c-category">${transfer.categories.length === 0 ? html`<span class="quiet">no identifier</span>` : transfer.categories.map(categoryLabel).join(', ')}</td>
<td role="cell" class="c-status">${statusText(accounting)}</td>
<td role="cell" class="number" data-label="${transfer.messages === 1 ? 'message' : 'messages'}">${count(transfer.messages)}</td></tr>
`;
}

/** The beginning of a token tells patients apart on a page. */
function shortToken(patient: string, flow: string, decides: boolean): Html {
  const short = `${patient.slice(0, 14)}…`;
  return decides
    ? html`<a href="${decideAddress(flow, patient)}" title="Decide on this patient alone">${short}</a>`
    : html`<span title="${patient}">${short}</span>`;
}

/** Where one decides on everybody on a flow, or on one patient by token. */
export function decideAddress(flow: string, patient: string): string {
  const query = new URLSearchParams({ flow, ...(patient === '' ? {} : { patient }) });
  return `/reports/disclosures/decide?${query.toString()}`;
}

function empty(): Html {
  return html`<div class="empty"><p>Each flow appears here with its first message. A mirror of traffic cannot know the legal purpose, so each of them is a candidate until an officer decides.</p></div>`;
}
