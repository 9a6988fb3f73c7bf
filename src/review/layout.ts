import { html } from 'hono/html';
import type { Html } from './html.ts';
import { icon } from './icons.ts';
import { keysHelp } from './keys-help.ts';
import { type Section, type SectionId, sectionsOf } from './sections.ts';
import { type AssetName, assetPath } from './static.ts';
import { type TopBar, topBar } from './top-bar.ts';
import { count } from './words.ts';

/** What every page behind the sign-in shows around its content. */
export interface Frame extends TopBar {
  readonly version: string;
  /** Incidents that are open: the number beside their section. */
  readonly open: number;
  /** Files that this page needs beside those of all pages: a chart's. */
  readonly assets?: readonly AssetName[];
}

function document(title: string, body: Html, assets: readonly AssetName[] = []): Html {
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
${assets.map((name) => (name.endsWith('.css') ? html`<link rel="stylesheet" href="${assetPath(name)}">` : html`<script src="${assetPath(name)}" defer></script>`))}
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

function railItem({ id, path, key, label }: Section, active: SectionId, open: number): Html {
  const tally =
    id === 'incidents' && open > 0 ? html`<span class="tally">${count(open)}<span class="sr"> open</span></span>` : '';
  return html`<li><a href="${path}" title="${label}" data-key="${key}"${id === active ? html` aria-current="page"` : ''}>${icon(id)}<span class="rail-label">${label}</span>${tally}</a></li>`;
}

/** A page behind the sign-in. `title` says what is true, not what the page is. */
export function page(frame: Frame, active: SectionId, title: string, content: Html): Html {
  const sections = sectionsOf(frame.session.role);
  return document(
    title,
    html`<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="frame">
<nav class="rail" aria-label="Sections"><div class="rail-in">
<a class="brand" href="/" aria-label="Cordon, home"><img src="${assetPath('cordon.svg')}" width="20" height="20" alt=""><span class="rail-label">Cordon</span></a>
<ul class="bare rail-list">
${sections.map((section) => railItem(section, active, frame.open))}
</ul>
<span class="version rail-label">${frame.version}</span>
</div></nav>
${topBar(frame)}
<main id="content" tabindex="-1">
${content}
</main>
</div>
${keysHelp(sections)}
</body>`,
    frame.assets,
  );
}
