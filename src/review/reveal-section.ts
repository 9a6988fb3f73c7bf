import { html } from 'hono/html';
import type { Finding, MessageId } from '../core/vocabulary.ts';
import type { IncidentSample } from '../ledger/ledger.ts';
import { REASON_LIMIT, type Reveal, standingReveal } from '../reveal/reveal.ts';
import { moment } from './badges.ts';
import type { ReviewDeps } from './deps.ts';
import type { Html } from './html.ts';
import { can } from './permissions.ts';
import { REVEAL_WORDS, revealAddress } from './reveal-words.ts';
import { isGuest, type Session } from './session.ts';
import { CATEGORY_WORDS } from './words.ts';

/** Reveals of an incident that its page lists. */
const SHOWN = 5;

type Sampled = { readonly message: MessageId; readonly finding: Finding };

/**
 * What the page of an incident says of reveals: those that were asked for, and the form that asks for one of the values behind the samples.
 * Nothing for a role that may not ask, and where the configuration shows no value to anybody.
 */
export async function revealSection(
  deps: Pick<ReviewDeps, 'reveals' | 'revealing' | 'clock'>,
  session: Session,
  incident: string,
  samples: readonly IncidentSample[],
): Promise<Html> {
  if (deps.revealing === undefined || !can(session.role, 'reveal.ask')) return html``;
  const reveals = await deps.reveals.ofIncident(incident, SHOWN);
  const sampled = samples.flatMap(({ message, finding }): Sampled[] => (finding === null ? [] : [{ message, finding }]));
  if (sampled.length === 0 && reveals.length === 0) return html``;
  return html`<section class="block" id="reveals"><h2>Values</h2>
${reveals.length === 0 ? '' : html`<ul class="bare why">${reveals.map((reveal) => line(reveal, deps.clock()))}</ul>`}
${sampled.length === 0 ? '' : askForm(session, incident, sampled)}</section>`;
}

function line(reveal: Reveal, now: number): Html {
  const standing = standingReveal(reveal, now);
  const { asked, decided } = reveal;
  const by = decided === null || standing === 'withdrawn' ? '' : html`, decided by ${decided.name}`;
  return html`<li><a href="${revealAddress(reveal)}">${REVEAL_WORDS[standing]}</a>: asked by ${asked.name} ${moment(asked.at, now)}${by}. <span class="quiet">${reveal.reason}</span></li>`;
}

function askForm(session: Session, incident: string, sampled: readonly Sampled[]): Html {
  if (isGuest(session.user)) {
    return html`<p class="quiet small">To ask for a value, sign in with an account of your own: a name that came with a link is claimed, and a reveal takes two people who are known.</p>`;
  }
  return html`<details class="action"><summary class="button">Ask to see a value</summary>
<form method="post" action="/incidents/${encodeURIComponent(incident)}/reveals" class="stack">
<input type="hidden" name="csrf" value="${session.csrf}">
<p class="quiet small">Samples show shapes. A second person has to approve; then you alone can look, for minutes. Both acts and each look are on the audit log.</p>
<fieldset class="field"><legend>Which value</legend>
${sampled.map(
  ({ message, finding }, index) =>
    html`<label class="choice"><input type="radio" name="value" value="${valueKey(message, finding)}" required${index === 0 ? html` checked` : ''}> <code>${finding.path}</code> <span class="mono mask">${finding.mask}</span> <span class="quiet">${CATEGORY_WORDS[finding.category]}, message …${message.slice(-8)}</span></label>`,
)}</fieldset>
<label class="field"><span>Why it has to be seen</span>
<textarea name="reason" rows="2" maxlength="${REASON_LIMIT}" required></textarea>
<small>The second person decides by it, and it is kept with the question. Write no patient's data into it.</small></label>
<button class="button" type="submit">Ask</button>
</form></details>`;
}

/** Names one finding of a message in a form: by its place, which is no one's identifier. */
export function valueKey(message: MessageId, { rule, path, start }: Pick<Finding, 'rule' | 'path' | 'start'>): string {
  return JSON.stringify([message, rule, path, start]);
}
