import { html } from 'hono/html';
import type { Html } from './html.ts';
import type { Section } from './sections.ts';

const EVERYWHERE = [
  ['/', 'Search'],
  ['?', 'Show these keys'],
  ['Esc', 'Close a menu or this list'],
] as const;

const LISTS = [
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['Enter', 'Open the row'],
  ['x', 'Select the row'],
  ['a', 'Acknowledge'],
  ['m', 'Take: assign to me'],
  ['r', 'Resolve'],
  ['e', 'Escalate'],
  ['f', 'False positive'],
  ['z', 'Undo'],
] as const;

const INCIDENT = [
  ['p', 'Accept the risk'],
  ['o', 'Open again'],
  ['c', 'Comment'],
] as const;

/** What `?` shows. A dialog that is closed until the script opens it. */
export function keysHelp(sections: readonly Section[]): Html {
  const going = sections.map(({ key, label }) => [`g ${key}`, label] as const);
  return html`<dialog class="keys-help" data-keys-help aria-labelledby="keys-title">
<h2 id="keys-title">Keys</h2>
${[EVERYWHERE, LISTS, INCIDENT, going].map((keys) => html`<dl>${keys.map(([key, does]) => html`<dt>${pressed(key)}</dt><dd>${does}</dd>`)}</dl>`)}
<form method="dialog"><button class="button" type="submit">Close</button></form>
</dialog>`;
}

function pressed(keys: string): Html {
  return html`${keys.split(' ').map((key, index) => html`${index === 0 ? '' : ' '}<kbd>${key}</kbd>`)}`;
}
