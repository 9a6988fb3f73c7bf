import { html } from 'hono/html';
import type { Html } from './html.ts';
import { plainPage } from './layout.ts';
import { counted } from './words.ts';

const PROBLEMS = {
  'no-link': 'This is not a sign-in link. Paste the whole line that Cordon printed when it started.',
  spent: 'This link was used before, or it is more than an hour old. The command cordon users link prints a new one.',
  taken: 'Somebody has an account of this name. Give another, or sign in to that account.',
  actor: 'A name has at most 60 letters, digits, spaces and . , @ _ -, and starts with a letter or a digit.',
  refused: 'Name and password do not fit an account that is in use. After a few attempts there is a pause.',
  'no-role':
    'The identity provider knows you, and none of your groups has a role here. An administrator of Cordon names the groups.',
  disabled: 'This account is disabled. An administrator of Cordon can enable it again.',
  'oidc-failed': 'The identity provider did not confirm this sign-in. Try again from this page.',
  'oidc-down': 'The identity provider does not answer. Who has a password of Cordon can sign in with it.',
} as const;

export type SignInProblem = keyof typeof PROBLEMS;

export interface SignInView {
  /** Path to go to afterwards. */
  readonly next: string;
  /** Claimed with a link. */
  readonly actor?: string;
  /** Of an account. */
  readonly name?: string;
  readonly problem?: SignInProblem;
  /** How long nobody is let in, where there were too many attempts. */
  readonly locked?: number;
  /** The host of the identity provider; null where none is configured. */
  readonly oidc: string | null;
  /** Signed out here, and perhaps not there. */
  readonly signedOut?: boolean;
}

/**
 * The sign-in page. With our script the link's fragment fills the field and leaves the address bar; without it the link is pasted.
 * Either way a person presses the button: nothing that merely opens the link spends it.
 */
export function signInPage(view: SignInView): Html {
  return plainPage(
    'Sign in',
    html`<h1>Sign in to Cordon</h1>
      ${alertOf(view)}
      <div class="stack" data-other-ways>
        ${view.oidc === null ? '' : provider(view.oidc, view.next)}
        ${passwordForm(view)}
      </div>
      ${linkForm(view)}`,
  );
}

function alertOf({ problem, locked, signedOut, oidc }: SignInView): Html | '' {
  if (locked !== undefined) {
    const text = `Too many attempts with this name, or from your address. The next one is heard in ${counted(locked, 'minute')}.`;
    return html`<p class="alert" role="alert">${text}</p>`;
  }
  if (problem !== undefined) return html`<p class="alert" role="alert">${PROBLEMS[problem]}</p>`;
  if (signedOut !== true || oidc === null) return '';
  return html`<p role="status">You are signed out of Cordon. <a href="/sign-in/oidc/sign-out">Sign out at ${oidc} too</a></p>`;
}

function provider(name: string, next: string): Html {
  return html`<p><a class="button primary" href="/sign-in/oidc?next=${encodeURIComponent(next)}">Sign in at ${name}</a></p>`;
}

function passwordForm({ next, name }: SignInView): Html {
  return html`<form method="post" action="/sign-in/password" class="stack">
        <input type="hidden" name="next" value="${next}">
        <label class="field">
          <span>Account</span>
          <input name="name" maxlength="60" autocomplete="username" required value="${name ?? ''}">
        </label>
        <label class="field">
          <span>Password</span>
          <input name="password" type="password" autocomplete="current-password" required maxlength="1024">
        </label>
        <button class="button primary" type="submit">Sign in with password</button>
      </form>`;
}

function linkForm({ next, actor, problem }: SignInView): Html {
  const open = problem === 'no-link' || problem === 'spent' || problem === 'taken' || problem === 'actor';
  return html`<details class="link-way" data-link-way${open ? html` open` : ''}>
        <summary>Sign in with a link</summary>
        <form method="post" action="/sign-in" class="stack" data-sign-in>
        <input type="hidden" name="next" value="${next}">
        <label class="field" data-link-field>
          <span>Sign-in link</span>
          <input name="link" type="password" autocomplete="off" required maxlength="300" spellcheck="false">
          <small>Cordon printed it when it started; the command cordon users link prints another. It works once, for one hour.</small>
        </label>
        <p class="quiet" data-link-read hidden>Your link is ready. It is spent when you press the button.</p>
        <label class="field">
          <span>Your name</span>
          <input name="actor" maxlength="60" autocomplete="nickname" placeholder="officer" value="${actor ?? ''}">
          <small>It stands beside your decisions in the history of incidents, marked as claimed. A link of an account has its name already.</small>
        </label>
        <button class="button primary" type="submit">Sign in</button>
      </form>
      </details>`;
}
