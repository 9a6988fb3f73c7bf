import { html } from 'hono/html';
import type { Html } from './html.ts';
import { plainPage } from './layout.ts';

const PROBLEMS = {
  'no-link': 'This is not a sign-in link. Paste the whole line that Cordon printed when it started.',
  spent: 'This link was used before, or it is more than an hour old. The command cordon users link prints a new one.',
  taken: 'Somebody has an account of this name. Give another, or sign in to that account.',
  actor: 'A name has at most 60 letters, digits, spaces and . , @ _ -, and starts with a letter or a digit.',
} as const;

export interface SignInView {
  /** Path to go to afterwards. */
  readonly next: string;
  readonly actor?: string;
  readonly problem?: keyof typeof PROBLEMS;
}

/**
 * The sign-in page. With our script the link's fragment fills the field and leaves the address bar; without it the link is pasted.
 * Either way a person presses the button: nothing that merely opens the link spends it.
 */
export function signInPage(view: SignInView): Html {
  const { problem } = view;
  return plainPage(
    'Sign in',
    html`<h1>Sign in to Cordon</h1>
      ${problem === undefined ? '' : html`<p class="alert" role="alert">${PROBLEMS[problem]}</p>`}
      <form method="post" action="/sign-in" class="stack" data-sign-in>
        <input type="hidden" name="next" value="${view.next}">
        <label class="field" data-link-field>
          <span>Sign-in link</span>
          <input name="link" type="password" autocomplete="off" required maxlength="300" spellcheck="false">
          <small>Cordon printed it when it started; the command cordon users link prints another. It works once, for one hour.</small>
        </label>
        <p class="quiet" data-link-read hidden>Your link is ready. It is spent when you press the button.</p>
        <label class="field">
          <span>Your name</span>
          <input name="actor" maxlength="60" autocomplete="username" placeholder="officer" value="${view.actor ?? ''}">
          <small>It stands beside your decisions in the history of incidents.</small>
        </label>
        <button class="button primary" type="submit">Sign in</button>
      </form>`,
  );
}
