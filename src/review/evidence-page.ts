import { html } from 'hono/html';
import type { KnownEvidence } from '../core/evidence.ts';
import { moment } from './badges.ts';
import { type Cell, checksOf, factText, type Matrix, type MatrixRow, type Standing, standingOf } from './evidence-matrix.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { capital, count, counted, PLACE_TYPE_WORDS } from './words.ts';

/** What is shown of the matrix, as its address says: `/evidence?show=failed`, `/evidence?row=hop:lab-registry&check=suites`. */
export interface EvidenceFilters {
  readonly show?: Standing | undefined;
  readonly row?: string | undefined;
  readonly check?: string | undefined;
}

export interface EvidenceView {
  readonly matrix: Matrix;
  readonly filters: EvidenceFilters;
  readonly now: number;
}

const WORDS: Readonly<Record<Standing, string>> = {
  proven: 'proven',
  failed: 'failed',
  unknown: 'unknown',
  claimed: 'claimed',
  expiring: 'expiring',
  not_applicable: 'not applicable',
};

/** Signs on a grid of 16, one for each outcome. */
export const STANDING_PATHS: Readonly<Record<Standing, Html>> = {
  proven: html`<path d="M3 8.5 6.5 12 13 4.5"></path>`,
  failed: html`<path d="M4 4l8 8 M12 4l-8 8"></path>`,
  unknown: html`<path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8 M8 12.6v.4"></path>`,
  claimed: html`<path d="M4 10V7c0-1.5.7-2.5 2-3 M9.5 10V7c0-1.5.7-2.5 2-3"></path>`,
  expiring: html`<circle cx="8" cy="8" r="5.5"></circle><path d="M8 5v3.2l2 1.3"></path>`,
  not_applicable: html`<path d="M4.5 8h7"></path>`,
};

/** A mark and a word, never by colour alone. */
export function standingMark(standing: Standing, size = 14): Html {
  return html`<span class="standing ${standing}"><svg viewBox="0 0 16 16" width="${size}" height="${size}" aria-hidden="true">${STANDING_PATHS[standing]}</svg>${WORDS[standing]}</span>`;
}

/** `/evidence` with some of what it shows changed. */
export function evidenceAddress(filters: EvidenceFilters): string {
  const query = new URLSearchParams();
  if (filters.show !== undefined) query.set('show', filters.show);
  if (filters.row !== undefined) query.set('row', filters.row);
  if (filters.check !== undefined) query.set('check', filters.check);
  const text = query.toString();
  return text === '' ? '/evidence' : `/evidence?${text}`;
}

/** What is known of the encryption of every hop and place: rows down, checks across. */
export function evidencePage(frame: Frame, view: EvidenceView): Html {
  const { matrix, filters } = view;
  const title = titleOf(matrix);
  const shown = (rows: readonly MatrixRow[]): readonly MatrixRow[] =>
    filters.show === undefined ? rows : rows.filter(({ overall }) => overall === filters.show);
  return page(
    frame,
    'evidence',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">${placesLine(matrix)}</p><p class="title-end"><a href="/evidence.csv">CSV</a></p></div>
${chips(view)}
${table('On the wire', 'Hop', shown(matrix.hops), view)}
${table('At rest', 'Place', shown(matrix.places), view)}`,
  );
}

function titleOf({ hops }: Matrix): string {
  if (hops.length === 0) return 'No flow is registered, so no hop is checked';
  const of = (standing: Standing): number => hops.filter(({ overall }) => overall === standing).length;
  const failed = of('failed');
  if (failed > 0) return `Encryption of ${count(failed)} of ${counted(hops.length, 'hop')} failed its check`;
  const proven = of('proven') + of('expiring');
  if (proven === hops.length) return `Encryption of ${proven === 1 ? 'the only hop' : `all ${count(proven)} hops`} is proven`;
  if (proven === 0)
    return `Encryption of ${hops.length === 1 ? 'the only hop is not' : `none of ${count(hops.length)} hops is`} proven`;
  return `Encryption of ${count(proven)} of ${counted(hops.length, 'hop')} is proven`;
}

function placesLine({ places }: Matrix): string {
  const proven = places.filter(({ overall }) => overall === 'proven' || overall === 'expiring').length;
  return `${count(proven)} of ${counted(places.length, 'place')} proven at rest`;
}

const CHIPS: readonly Standing[] = ['failed', 'unknown', 'expiring', 'claimed', 'proven'];

function chips({ matrix, filters }: EvidenceView): Html {
  const all = [...matrix.hops, ...matrix.places];
  return html`<nav class="filters" aria-label="Filters"><div class="chips" role="group" aria-label="Outcome">
<a class="chip" href="/evidence"${filters.show === undefined ? html` aria-current="true"` : ''}>All <span class="chip-count">${count(all.length)}</span></a>
${CHIPS.map((standing) => {
  const on = filters.show === standing;
  return html`<a class="chip" href="${evidenceAddress({ show: on ? undefined : standing })}"${on ? html` aria-current="true"` : ''}>${standingMark(standing)} <span class="chip-count">${count(all.filter(({ overall }) => overall === standing).length)}</span></a>`;
})}
</div></nav>`;
}

function table(heading: string, first: string, rows: readonly MatrixRow[], view: EvidenceView): Html {
  if (rows.length === 0)
    return html`<section class="block"><h2>${heading}</h2><p class="quiet">None of them stands like this.</p></section>`;
  const checks = checksOf(rows);
  return html`<section class="block"><h2>${heading}</h2>
<div class="wide" tabindex="0" role="region" aria-label="${heading}">
<table class="matrix">
<thead><tr><th scope="col">${first}</th><th scope="col">Overall</th>${checks.map((check) => html`<th scope="col">${check.replaceAll('-', ' ')}</th>`)}</tr></thead>
<tbody>${rows.map((row) => matrixRow(row, checks, view))}</tbody>
</table></div></section>`;
}

function matrixRow(row: MatrixRow, checks: readonly string[], view: EvidenceView): Html {
  const open = view.filters.row === row.id ? view.filters.check : undefined;
  const opened = open === undefined ? undefined : row.cells.get(open);
  const isOpen = view.filters.row === row.id;
  return html`<tr id="${row.id}"${isOpen ? html` class="opened"` : ''}>
<th scope="row"><span class="hop-title">${row.title}</span>${asked(row)}</th>
<td><a class="cell" href="${cellAddress(view, row, undefined)}">${standingMark(row.overall)}</a></td>
${checks.map((check) => {
  const cell = row.cells.get(check);
  if (cell === undefined) return html`<td><span class="quiet" aria-label="not checked">·</span></td>`;
  const current = open === check ? html` aria-current="true"` : '';
  return html`<td><a class="cell" href="${cellAddress(view, row, check)}"${current}>${standingMark(cell.standing)}</a></td>`;
})}
</tr>
${isOpen ? html`<tr class="detail"><td colspan="${checks.length + 2}">${opened === undefined ? rowDetail(row, view) : cellDetail(row, opened, view)}</td></tr>` : ''}`;
}

function asked({ type, targets, gap }: MatrixRow): Html {
  const isIdle = targets.length === 0 && gap !== null;
  const words = [type === null ? '' : PLACE_TYPE_WORDS[type], isIdle ? 'nothing to ask' : ''].filter((word) => word !== '');
  return html`${words.length === 0 ? '' : html`<span class="sub">${words.join(', ')}</span>`}${targets.length === 0 ? '' : html`<span class="sub mono">${targets.join(', ')}</span>`}`;
}

/** Opens a cell under its row, or closes the one that is open. */
function cellAddress({ filters }: EvidenceView, row: MatrixRow, check: string | undefined): string {
  const isOpen = filters.row === row.id && filters.check === check;
  return `${evidenceAddress(isOpen ? { show: filters.show } : { show: filters.show, row: row.id, check })}#${encodeURIComponent(row.id)}`;
}

function rowDetail(row: MatrixRow, view: EvidenceView): Html {
  const open = [...row.cells.values()].filter(({ standing }) => standing !== 'proven' && standing !== 'not_applicable');
  if (row.gap !== null) return html`<p>${row.gap}</p>`;
  if (open.length === 0) return html`<p>Every check that applies is proven.</p>`;
  return html`<ul class="bare plain-list">${open.map(
    (cell) =>
      html`<li>${standingMark(cell.standing)} <strong>${cell.check.replaceAll('-', ' ')}</strong> ${remedy(cell.rows[0], view.now)}</li>`,
  )}</ul>`;
}

function cellDetail(row: MatrixRow, cell: Cell, { now }: EvidenceView): Html {
  return html`${cell.rows.map(
    (each) => html`<div class="statement">
<p>${standingMark(standingOf(each, now))} <strong>${cell.check.replaceAll('-', ' ')}</strong> of <code>${each.target}</code>${row.profile === null || each.section === '' ? '' : html` <span class="quiet">by ${row.profile} ${each.section}</span>`}</p>
<p>${remedy(each, now)}</p>
<dl class="facts">
<div><dt>Age</dt><dd>${HOW[each.how]} ${moment(each.at, now)}; so since ${moment(each.since, now)}; counts until ${moment(each.expires, now)}</dd></div>
${Object.entries(each.facts).map(([name, fact]) => html`<div><dt>${name}</dt><dd class="mono">${factText(fact)}</dd></div>`)}
</dl></div>`,
  )}`;
}

const HOW: Readonly<Record<KnownEvidence['how'], string>> = { observed: 'seen in traffic', probed: 'asked', attested: 'stated' };

/** Why it is not proven and the way out, in a sentence. */
function remedy(row: KnownEvidence | undefined, now: number): string {
  if (row === undefined) return '';
  if (row.outcome !== 'not_applicable' && row.expires <= now)
    return 'It was not confirmed since: whoever should ask it does not, or it does not answer.';
  return row.reason === null ? 'Nothing to do.' : `${capital(row.reason)}.`;
}
