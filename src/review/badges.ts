import { html } from 'hono/html';
import type { Severity } from '../core/vocabulary.ts';
import type { IncidentRow, IncidentState } from '../policy/decision.ts';
import type { Html } from './html.ts';
import { exact, relative, SEVERITY_WORDS, STATE_WORDS, UNCONFIRMED_WORDS } from './words.ts';

const SHAPES: Readonly<Record<Severity, Html>> = {
  critical: html`<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"></path>`,
  high: html`<path d="M8 1.5 15 14H1z"></path>`,
  medium: html`<path d="M8 1l7 7-7 7-7-7z"></path>`,
  low: html`<circle cx="8" cy="8" r="5"></circle>`,
};

/** Severity by shape, word and colour: octagon, triangle, diamond, circle. */
export function severityBadge(severity: Severity): Html {
  return html`<span class="severity ${severity}"><svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">${SHAPES[severity]}</svg>${SEVERITY_WORDS[severity]}</span>`;
}

export function stateBadge(state: IncidentState): Html {
  return html`<span class="state ${state}">${STATE_WORDS[state]}</span>`;
}

/** What words of texts alone speak for. */
export function unconfirmedBadge({ desk }: Pick<IncidentRow, 'desk'>): Html | '' {
  return desk.unconfirmed ? html` <span class="state unconfirmed" title="${UNCONFIRMED_WORDS}">Unconfirmed</span>` : '';
}

/** `5 minutes ago`, the exact time on hover. */
export function moment(at: number, now: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}" title="${exact(at)}">${relative(at, now)}</time>`;
}

const HOUR = 60 * 60 * 1000;

/** A time that is known to the hour alone: `this hour`, `within 2 hours` (it may be minutes since the last one ended), `3 hours ago`. */
export function hourOf(at: number, now: number): Html {
  const hours = Math.floor((now - at) / HOUR);
  const words = hours < 1 ? 'this hour' : hours < 2 ? 'within 2 hours' : relative(at, now);
  return html`<time datetime="${new Date(at).toISOString()}" title="in the hour from ${exact(at)}">${words}</time>`;
}

/** `source → destination`; screen readers hear "to". */
export function route(source: string, destination: string): Html {
  return html`<span class="route"><span>${source}</span> <span class="arrow" aria-hidden="true">→</span><span class="sr">to</span> <span>${destination}</span></span>`;
}
