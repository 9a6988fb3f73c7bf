import { html } from 'hono/html';
import { DESK_ROLES, type DeskRole } from '../core/vocabulary.ts';
import type { Account, SessionRow } from '../ledger/people/store.ts';
import { moment } from './badges.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { SHORTEST } from './passwords.ts';
import type { Session } from './session.ts';
import { count, counted } from './words.ts';

/** What became of the form that was sent. */
export interface Told {
  readonly text: string;
  readonly kind: 'done' | 'problem';
  /** A link for the owner of an account, shown this once. */
  readonly link?: string;
}

export interface SettingsView {
  /** Null for who came by a link of no account. */
  readonly account: Account | null;
  readonly sessions: readonly SessionRow[];
  /** Null for whom accounts are none of their business. */
  readonly accounts: readonly Account[] | null;
  readonly told: Told | null;
  readonly now: number;
}

const HOW = { link: 'a link', password: 'a password', oidc: 'the identity provider' } as const;

/** Who I am, where I am signed in, my password; for an administrator, everybody's accounts. */
export function settingsPage(frame: Frame, view: SettingsView): Html {
  const { session } = frame;
  const title = `You are signed in as ${session.actor}, ${session.role}`;
  return page(
    frame,
    'settings',
    title,
    html`<div class="title"><h1>${title}</h1></div>
${view.told === null ? '' : told(view.told)}
${whoAmI(session, view.account)}
${view.account === null || view.account.subject !== null ? '' : passwordForm(session, view.account)}
${sessionList(session, view)}
${view.accounts === null ? '' : accountList(session, view.accounts, view.now)}`,
  );
}

function told({ text, kind, link }: Told): Html {
  return html`<div class="${kind === 'done' ? 'notice' : 'alert'}" role="${kind === 'done' ? 'status' : 'alert'}"><p>${text}</p>${
    link === undefined
      ? ''
      : html`<p>It works once, for one hour, and is shown this once. Give it to the owner of the account and to nobody else.</p><p><code>${link}</code></p>`
  }</div>`;
}

function whoAmI({ how, role }: Session, account: Account | null): Html {
  const name =
    account === null
      ? 'Your link belongs to no account, so your name is what you gave, and histories say that it is claimed. What takes two people takes accounts.'
      : 'Your name is the one of your account; it stands beside your decisions.';
  return html`<section class="block"><h2>Who you are</h2><p>You came in with ${HOW[how]}, in the role ${role}. ${name}</p></section>`;
}

function passwordForm({ csrf }: Session, { password }: Account): Html {
  return html`<section class="block"><h2>${password === null ? 'Choose a password' : 'Change your password'}</h2>
<form method="post" action="/settings/password" class="stack settings-form">
<input type="hidden" name="csrf" value="${csrf}">
${
  password === null
    ? ''
    : html`<label class="field"><span>Password now</span><input name="current" type="password" autocomplete="current-password" required maxlength="1024"></label>`
}
<label class="field"><span>New password</span><input name="password" type="password" autocomplete="new-password" required minlength="${SHORTEST}" maxlength="1024"><small>At least ${SHORTEST} characters: a few words that nobody would put together. Your other sessions end.</small></label>
<button class="button primary" type="submit">Save the password</button>
</form></section>`;
}

function sessionList(own: Session, { sessions, now }: SettingsView): Html {
  const others = sessions.filter(({ id }) => id !== own.id);
  return html`<section class="block"><div class="title"><h2>${counted(sessions.length, 'session')}</h2><p class="title-end"><a href="/settings/sessions.csv">CSV of your sessions</a></p></div>
<table class="rows" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Began</th><th role="columnheader" scope="col">With</th><th role="columnheader" scope="col">Ends</th><th role="columnheader" scope="col"><span class="sr">Action</span></th></tr></thead>
<tbody role="rowgroup">${sessions.map(
    (row) =>
      html`<tr role="row"><td role="cell">${moment(row.startedAt, now)}</td><td role="cell">${HOW[row.how]}</td><td role="cell">${moment(Math.min(row.idleUntil, row.expires), now)} unless used</td><td role="cell">${
        row.id === own.id ? html`<span class="quiet">This one</span>` : act(own, '/settings/sessions', 'End', { id: row.id })
      }</td></tr>`,
  )}</tbody></table>
${others.length < 2 ? '' : act(own, '/settings/sessions', 'End all others', { id: '' })}</section>`;
}

function accountList(own: Session, accounts: readonly Account[], now: number): Html {
  return html`<section class="block"><div class="title"><h2>${accounts.length === 0 ? 'No accounts yet' : counted(accounts.length, 'account')}</h2><p class="title-end"><a href="/settings/accounts.csv">CSV of accounts</a></p></div>
${accounts.length === 0 ? '' : accountTable(own, accounts, now)}
<h2>Add an account</h2>
<form method="post" action="/settings/accounts" class="stack settings-form">
<input type="hidden" name="csrf" value="${own.csrf}">
<label class="field"><span>Name</span><input name="name" maxlength="60" required autocomplete="off"></label>
<label class="field"><span>Role</span>${roleChoice('analyst')}</label>
<button class="button primary" type="submit">Add it</button>
<p class="quiet">You get a link for its owner, who chooses the password.</p>
</form></section>`;
}

function accountTable(own: Session, accounts: readonly Account[], now: number): Html {
  return html`<table class="rows accounts" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Name</th><th role="columnheader" scope="col">Role</th><th role="columnheader" scope="col">Signs in with</th><th role="columnheader" scope="col">Last signed in</th><th role="columnheader" scope="col"><span class="sr">Actions</span></th></tr></thead>
<tbody role="rowgroup">${accounts.map(
    (
      account,
    ) => html`<tr role="row"><td role="cell">${account.name}${account.disabledAt === null ? '' : html` <span class="state">Disabled</span>`}</td>
<td role="cell">${account.subject !== null || account.id === own.user ? account.role : roleForm(own, account)}</td>
<td role="cell">${account.subject !== null ? 'Identity provider' : account.password === null ? 'A link, no password yet' : 'Password'}</td>
<td role="cell">${account.signedInAt === null ? html`<span class="quiet">Never</span>` : moment(account.signedInAt, now)}</td>
<td role="cell">${account.id === own.user ? html`<span class="quiet">You</span>` : actions(own, account)}</td></tr>`,
  )}</tbody></table>`;
}

function actions(own: Session, { id, subject, disabledAt }: Account): Html {
  const to = `/settings/accounts/${encodeURIComponent(id)}`;
  return html`<div class="row-acts">${subject === null ? act(own, `${to}/reset`, 'Reset password', {}) : ''}
${disabledAt === null ? act(own, `${to}/disable`, 'Disable', {}) : act(own, `${to}/enable`, 'Enable', {})}</div>`;
}

function roleForm({ csrf }: Session, { id, role, name }: Account): Html {
  return html`<form method="post" action="/settings/accounts/${encodeURIComponent(id)}/role" class="inline-form">
<input type="hidden" name="csrf" value="${csrf}">${roleChoice(role, `Role of ${name}`)}
<button class="button" type="submit">Set</button></form>`;
}

function roleChoice(chosen: DeskRole, label?: string): Html {
  return html`<select name="role"${label === undefined ? '' : html` aria-label="${label}"`}>${DESK_ROLES.map(
    (role) => html`<option value="${role}"${role === chosen ? html` selected` : ''}>${role}</option>`,
  )}</select>`;
}

function act({ csrf }: Session, to: string, label: string, fields: Readonly<Record<string, string>>): Html {
  return html`<form method="post" action="${to}" class="inline-form"><input type="hidden" name="csrf" value="${csrf}">${Object.entries(
    fields,
  ).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="button" type="submit">${label}</button></form>`;
}

/** `2 other sessions ended` */
export function endedText(ended: number): string {
  return ended === 0 ? 'That session was over already' : `${count(ended)} ${ended === 1 ? 'session' : 'sessions'} ended`;
}
