import { html } from 'hono/html';
import type { Severity } from '../core/vocabulary.ts';
import type { IncidentState } from '../policy/decision.ts';
import type { Session } from './session.ts';
import { assetPath } from './static.ts';
import { count, exact, relative, SEVERITY_WORDS, STATE_WORDS } from './words.ts';

/** Escaped markup: every value that goes into `html` is escaped unless it is Html itself. */
export type Html = ReturnType<typeof html>;

/** What every page behind the sign-in shows around its content. */
export interface Frame {
  readonly session: Session;
  readonly version: string;
  readonly open: number;
}

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

/** `5 minutes ago`, the exact time on hover. */
export function moment(at: number, now: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}" title="${exact(at)}">${relative(at, now)}</time>`;
}

/** `source → destination`; screen readers hear "to". */
export function route(source: string, destination: string): Html {
  return html`<span class="route"><span>${source}</span> <span class="arrow" aria-hidden="true">→</span><span class="sr">to</span> <span>${destination}</span></span>`;
}

function document(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Cordon</title>
<link rel="icon" type="image/svg+xml" href="${assetPath('cordon.svg')}">
<link rel="stylesheet" href="${assetPath('cordon.css')}">
<script src="${assetPath('cordon.js')}"></script>
</head>
${body}
</html>`;
}

/** A page without the frame: sign-in and errors. */
export function plainPage(title: string, content: Html): Html {
  return document(
    title,
    html`<body class="plain">
<main class="sheet">
<p class="brand"><img src="${assetPath('cordon.svg')}" width="20" height="20" alt=""> Cordon</p>
${content}
</main>
</body>`,
  );
}

const ICONS = {
  incidents: html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M8 2 14.5 13.5h-13z M8 6.5v3.5 M8 11.6v.4"></path></svg>`,
  flows: html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M2 5h11 M10 2l3 3-3 3 M14 11H3 M6 8l-3 3 3 3"></path></svg>`,
} as const;

function railItem(section: keyof typeof ICONS, active: string, label: string, open: number): Html {
  const current = section === active;
  return html`<li><a href="/${section}" title="${label}" ${current ? html`aria-current="page"` : ''}>${ICONS[section]}<span class="rail-label">${label}</span>${
    open > 0 ? html`<span class="tally">${count(open)}<span class="sr"> open</span></span>` : ''
  }</a></li>`;
}

/** A page behind the sign-in. `title` says what is true, not what the page is. */
export function page(frame: Frame, active: keyof typeof ICONS, title: string, content: Html): Html {
  return document(
    title,
    html`<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="frame">
<header class="rail">
<a class="brand" href="/incidents"><img src="${assetPath('cordon.svg')}" width="20" height="20" alt=""><span class="rail-label">Cordon</span></a>
<nav aria-label="Sections"><ul class="bare rail-list">
${railItem('incidents', active, 'Incidents', frame.open)}
${railItem('flows', active, 'Flows', 0)}
</ul></nav>
<div class="rail-foot">
<span class="who rail-label" title="Signed in as ${frame.session.actor}">${frame.session.actor}</span>
<button class="icon-button" type="button" data-theme-toggle hidden aria-label="Switch between light and dark" title="Switch between light and dark"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6"></circle><path class="filled" d="M8 2a6 6 0 0 1 0 12z"></path></svg></button>
<form method="post" action="/sign-out">
<input type="hidden" name="csrf" value="${frame.session.csrf}">
<button class="icon-button" type="submit" aria-label="Sign out" title="Sign out"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M6 2H2.5v12H6 M6.5 8H14 M11 5l3 3-3 3"></path></svg></button>
</form>
<span class="version rail-label">${frame.version}</span>
</div>
</header>
<main id="content" tabindex="-1">
${content}
</main>
</div>
</body>`,
  );
}
