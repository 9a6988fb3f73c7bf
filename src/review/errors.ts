import { html } from 'hono/html';
import type { Html } from './html.ts';
import { plainPage } from './layout.ts';

/** What can go wrong on a page, in plain words, each with the way out. Nothing of the request is repeated. */
const PROBLEMS = {
  'not-found': {
    title: 'Nothing is at this address',
    text: 'The incident may belong to another ledger, or the address is mistyped.',
  },
  forged: {
    title: 'This request did not come from a page of Cordon',
    text: 'It was refused, and nothing changed. Go back, reload the page, and try again.',
  },
  filter: {
    title: 'This address asks for a filter that does not exist',
    text: 'Choose filters on the page itself; they are kept in its address.',
  },
  search: {
    title: 'This looks like a number or an address of a person',
    text: 'It was not searched for: a search stays in the address and in the history of the browser. Look for systems, flows and kinds here, and for a person with Trace.',
  },
  large: {
    title: 'The form is too large',
    text: 'Nothing changed. A note holds at most 2,000 characters.',
  },
  unavailable: {
    title: 'The ledger does not answer',
    text: 'Nothing changed. Reload in a few seconds; if it stays like this, run cordon doctor on the machine.',
  },
  internal: {
    title: 'Cordon could not show this page',
    text: 'The log of the process says why. Nothing was changed by showing it.',
  },
} as const;

export type PageProblem = keyof typeof PROBLEMS;

/** A whole page that says what went wrong. Works without a session. */
export function errorPage(problem: PageProblem): Html {
  const { title, text } = PROBLEMS[problem];
  return plainPage(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>
      <p><a href="/incidents">Go to the incidents</a></p>`,
  );
}
