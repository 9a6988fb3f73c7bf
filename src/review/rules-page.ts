import { html } from 'hono/html';
import type { Pack, Rule, Sample } from '../detect/pack.ts';
import { packId, standingOf } from '../detect/pack.ts';
import { LATEST_FINDINGS } from '../ledger/desk/overview.ts';
import type { RuleUse } from '../ledger/desk/overview-store.ts';
import type { Overlay } from '../tuning/schema.ts';
import { severityBadge } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { overlaysTable } from './overlays-table.ts';
import { categoryLabel } from './titles.ts';
import { TRY_LIMIT, type Tried } from './try-rules.ts';
import { count, counted, SUBJECT_WORDS } from './words.ts';

export interface RulesView {
  readonly packs: readonly Pack[];
  readonly overlays: readonly Overlay[];
  /** Milliseconds since the epoch: entries of overlays end. */
  readonly now: number;
  readonly uses: readonly RuleUse[];
  /** What trying a text found; null where none was tried. */
  readonly tried: readonly Tried[] | null;
  readonly problem: string | null;
}

export interface RuleView {
  readonly pack: Pack;
  readonly rule: Rule;
  readonly use: RuleUse | null;
}

/** Every rule, by how often it found something lately, and a box to try them. */
export function rulesPage(frame: Frame, view: RulesView): Html {
  const { packs, uses } = view;
  const all = packs.flatMap((pack) => pack.rules.map((rule) => ({ pack, rule })));
  const useOf = new Map(uses.map((use) => [use.rule, use]));
  const rows = all
    .map((each) => ({ ...each, use: useOf.get(each.rule.id) ?? null }))
    .sort((a, b) => (b.use?.findings ?? 0) - (a.use?.findings ?? 0) || (a.rule.id < b.rule.id ? -1 : 1));
  const used = rows.filter(({ use }) => (use?.findings ?? 0) > 0);
  const title = `${counted(used.length, 'rule')} of ${count(all.length)} found something lately`;
  return page(
    frame,
    'rules',
    title,
    html`<div class="title"><h1>${title}</h1><p class="quiet">among the latest ${count(LATEST_FINDINGS)} findings of flagged messages; ${counted(packs.length, 'pack')}</p><p class="title-end"><a href="/rules.csv">CSV</a></p></div>
${tryBox(frame, view)}
${overlaysTable(view.overlays, packs, view.now)}
${rulesTable(used.length === 0 ? rows : used)}
${used.length === 0 || used.length === rows.length ? '' : html`<details class="block"><summary class="link">${counted(rows.length - used.length, 'rule')} that found nothing lately</summary>${rulesTable(rows.filter((row) => !used.includes(row)))}</details>`}`,
  );
}

function tryBox(frame: Frame, { tried, problem }: RulesView): Html {
  return html`<section class="panel try"><h2>Try the rules</h2>
<form method="post" action="/rules/try" class="stack" data-try>
<input type="hidden" name="csrf" value="${frame.session.csrf}">
${problem === null ? '' : html`<p class="alert" role="alert">${problem}</p>`}
<label class="field"><span>A text, or an HL7 v2 message</span>
<textarea name="text" rows="3" maxlength="${TRY_LIMIT}" autocomplete="off" spellcheck="false" required></textarea>
<small>Nothing that is typed here is stored, logged or shown again. Make values up all the same.</small></label>
<p class="buttons"><button class="button" type="submit">Try</button></p>
</form>
<div data-tried aria-live="polite">${tried === null ? '' : triedTable(tried)}</div></section>`;
}

/** What trying found: shapes and places. */
export function triedTable(tried: readonly Tried[]): Html {
  if (tried.length === 0) return html`<p>No rule finds anything in it.</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label="What was found"><table><thead><tr><th scope="col">Rule</th><th scope="col">Finds</th><th scope="col">Path</th><th scope="col">Shape</th><th scope="col">Why</th></tr></thead>
<tbody>${tried.map(
    (each) =>
      html`<tr><td class="mono">${each.rule}</td><td>${categoryLabel(each.category)}<span class="sub">${SUBJECT_WORDS[each.subject]}, ${Math.round(each.confidence * 100)} % sure</span></td><td class="mono">${each.path}</td><td class="mono mask">${each.mask}</td><td>${each.why}</td></tr>`,
  )}</tbody></table></div>`;
}

function rulesTable(rows: readonly RuleView[]): Html {
  return html`<table class="rows" role="table" data-rows>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Rule</th><th role="columnheader" scope="col">Finds</th><th role="columnheader" scope="col" class="c-severity">Severity</th><th role="columnheader" scope="col" class="number">Hits</th><th role="columnheader" scope="col" class="number">False positives</th><th role="columnheader" scope="col">Pack</th></tr></thead>
<tbody role="rowgroup">${rows.map(
    ({
      pack,
      rule,
      use,
    }) => html`<tr role="row"><td role="cell" class="c-title"><a class="row-link" href="/rules/${encodeURIComponent(rule.id)}">${rule.title}</a><span class="sub mono">${rule.id}</span></td>
<td role="cell">${categoryLabel(rule.category)}</td><td role="cell" class="c-severity">${severityBadge(rule.severity)}</td>
<td role="cell" class="number" data-label="hits">${count(use?.findings ?? 0)}</td><td role="cell" class="number" data-label="false positives">${falseRate(use)}</td>
<td role="cell" class="mono">${packId(pack)}</td></tr>
`,
  )}</tbody></table>`;
}

/** Of the incidents that somebody decided; nobody knows a rate where none was. */
function falseRate(use: RuleUse | null): Html {
  if (use === null || use.decided === 0) return html`<span class="quiet" title="No incident of it was decided yet">–</span>`;
  return html`<span title="${count(use.falsePositive)} of ${counted(use.decided, 'decided incident')}">${Math.round((100 * use.falsePositive) / use.decided)} %</span>`;
}

const STATUS_WORDS = {
  stable: 'Stable',
  experimental: 'Experimental: expect it to change',
  deprecated: 'Deprecated: it still runs, and goes with a later version',
} as const;

/** One rule: what it looks for, how it does, its samples. These are made up, so they are shown. */
export function rulePage(frame: Frame, { pack, rule, use }: RuleView): Html {
  const { references = pack.references } = rule;
  const { version, status } = standingOf(pack, rule);
  return page(
    frame,
    'rules',
    rule.title,
    html`<p class="crumbs"><a href="/rules">Rules</a></p>
<div class="title"><h1>${rule.title}</h1><p class="badges">${severityBadge(rule.severity)}</p></div>
<section class="panel"><dl class="facts">
<div><dt>Rule</dt><dd class="mono">${rule.id}</dd></div>
<div><dt>Pack</dt><dd>${pack.title} <span class="mono quiet">${packId(pack)}</span></dd></div>
<div><dt>Status</dt><dd>${STATUS_WORDS[status]} <span class="quiet">version ${version}</span></dd></div>
<div><dt>Finds</dt><dd>${categoryLabel(rule.category)} <span class="quiet">(${SUBJECT_WORDS[rule.subject]}), ${Math.round(rule.confidence * 100)} % sure</span></dd></div>
<div><dt>Hits</dt><dd>${count(use?.findings ?? 0)} <span class="quiet">among the latest ${count(LATEST_FINDINGS)} findings</span></dd></div>
<div><dt>False positives</dt><dd>${falseRate(use)} ${use === null || use.decided === 0 ? html`<span class="quiet">no incident of it was decided yet</span>` : html`<span class="quiet">${count(use.falsePositive)} of ${counted(use.decided, 'decided incident')}</span>`}</dd></div>
<div><dt>By</dt><dd>${references.join('; ')}</dd></div>
</dl></section>
<section class="block"><h2>Samples that it finds</h2>${samples(rule.samples.match)}</section>
<section class="block"><h2>Samples that it leaves alone</h2>${samples(rule.samples.noMatch)}</section>`,
  );
}

function samples(of: readonly Sample[]): Html {
  return html`<ul class="bare plain-list">${of.map((sample) => html`<li><pre class="sample">${textOf(sample)}</pre></li>`)}</ul>`;
}

function textOf(sample: Sample): string {
  if (typeof sample === 'string') return sample;
  if ('hl7' in sample) return sample.hl7.trim();
  if ('file' in sample) return sample.file;
  if ('fhir' in sample) return JSON.stringify(sample.fhir, null, 1);
  return Object.entries(sample.dicom)
    .map(([tag, value]) => `${tag} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}
