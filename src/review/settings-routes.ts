import { type Context, Hono } from 'hono';
import { isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { DESK_ROLES } from '../core/vocabulary.ts';
import type { Account, SessionRow } from '../ledger/people/store.ts';
import { type AccountDeps, addAccount, changeRole, resetAccount, setDisabled } from './accounts.ts';
import { acts, changes } from './acts.ts';
import { type CsvCell, csvHeaders, csvOf } from './csv.ts';
import type { ReviewDeps } from './deps.ts';
import { errorPage } from './errors.ts';
import { formLimit } from './forms.ts';
import { frameOf } from './frame.ts';
import { requires } from './guard.ts';
import { attemptOf, nameSubject } from './lock-out.ts';
import { type Form, ownForm } from './own-form.ts';
import { hashPassword, passwordProblem, verifyPassword } from './passwords.ts';
import { can } from './permissions.ts';
import { originOf, type SessionEnv } from './session.ts';
import { endedText, settingsPage, type Told } from './settings-page.ts';
import { capital } from './words.ts';

type Desk = Context<SessionEnv>;

/** One's own account, and for an administrator everybody's. */
export function settingsRoutes(deps: ReviewDeps): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const own = requires(deps, 'account.self');
  const manage = requires(deps, 'account.manage');

  /** Shows the page again, with what became of the form. */
  const show = async (c: Desk, told: Told | null): Promise<Response> => {
    const { session } = c.var;
    const now = deps.clock();
    const [frame, account, sessions, accounts] = await Promise.all([
      frameOf(deps, session),
      deps.accounts.byId(session.user),
      deps.access.sessionsOf(session.user, now),
      can(session.role, 'account.manage') ? deps.accounts.list() : null,
    ]);
    const status = told?.kind === 'problem' ? 422 : 200;
    return c.html(settingsPage(frame, { account, sessions, accounts, told, now }), status);
  };

  /** A form of ours, and what is to be done with it; what it throws as `usage` is said on the page. */
  const handle =
    (run: (c: Desk, form: Form) => Promise<Told>) =>
    async (c: Desk): Promise<Response> => {
      const form = await ownForm(c, deps);
      if (form === null) return c.html(errorPage('forged'), 403);
      try {
        return await show(c, await run(c, form));
      } catch (error) {
        if (!(error instanceof CordonError) || error.code !== 'usage') throw error;
        return show(c, { kind: 'problem', text: `${capital(error.message)}.` });
      }
    };

  /** The account that an address names; one's own is another administrator's business. */
  const other = async (c: Desk): Promise<Account> => {
    const account = await deps.accounts.byId(c.req.param('id') ?? '');
    if (account === null) throw new CordonError('usage', 'this account is no longer there: reload the page');
    if (account.id === c.var.session.user) throw new CordonError('usage', 'this is your own account: ask another administrator');
    return account;
  };

  app.get('/settings', own, (c) => show(c, null));

  app.get('/settings/accounts.csv', manage, async (c) =>
    c.body(csvOf(ACCOUNTS, (await deps.accounts.list()).map(accountCells)), 200, csvHeaders('cordon-accounts')),
  );

  app.get('/settings/sessions.csv', own, async (c) => {
    const rows = await deps.access.sessionsOf(c.var.session.user, deps.clock());
    return c.body(csvOf(SESSIONS, rows.map(sessionCells)), 200, csvHeaders('cordon-sessions'));
  });

  app.post(
    '/settings/password',
    own,
    formLimit,
    handle(async (c, form) => changePassword(deps, c, form)),
  );

  app.post(
    '/settings/sessions',
    own,
    formLimit,
    handle(async (c, { id = '' }) => {
      const { user, id: mine } = c.var.session;
      const { access } = changes(deps, c.var.session)('session.end', '', { which: id === '' ? 'all others' : 'one' });
      const ended = await access.endSessionsOf(id === '' ? { user, except: mine } : { user, id });
      return { kind: 'done', text: `${endedText(ended)}.` };
    }),
  );

  app.post(
    '/settings/accounts',
    manage,
    formLimit,
    handle(async (c, { name = '', role }) => {
      const chosen = roleIn(role);
      const link = await addAccount(manager(deps, c), { name: name.trim(), role: chosen, way: 'link' });
      return { kind: 'done', text: `The account is there, in the role ${chosen}.`, ...(link === null ? {} : { link }) };
    }),
  );

  app.post(
    '/settings/accounts/:id/role',
    manage,
    formLimit,
    handle(async (c, { role }) => {
      const account = await other(c);
      const to = roleIn(role);
      await changeRole(manager(deps, c), account, to);
      return { kind: 'done', text: `${account.name} has the role ${to}.` };
    }),
  );

  app.post(
    '/settings/accounts/:id/reset',
    manage,
    formLimit,
    handle(async (c) => {
      const account = await other(c);
      const link = await resetAccount(manager(deps, c), account, 'link');
      return {
        kind: 'done',
        text: `The password of ${account.name} is gone and every session ended.`,
        ...(link === null ? {} : { link }),
      };
    }),
  );

  for (const verb of ['disable', 'enable'] as const) {
    app.post(
      `/settings/accounts/:id/${verb}`,
      manage,
      formLimit,
      handle(async (c) => {
        const account = await other(c);
        await setDisabled(manager(deps, c), account, verb === 'disable');
        return { kind: 'done', text: `${account.name} is ${verb}d.` };
      }),
    );
  }
  return app;
}

const ACCOUNTS = ['id', 'name', 'role', 'signs_in_with', 'created', 'last_signed_in', 'disabled'] as const;

function accountCells(account: Account): CsvCell[] {
  const { id, name, role, password, subject, createdAt, signedInAt, disabledAt } = account;
  const how = subject !== null ? 'identity provider' : password === null ? 'a link, no password yet' : 'password';
  return [id, name, role, how, isoTime(createdAt), timeOrNull(signedInAt), timeOrNull(disabledAt)];
}

const SESSIONS = ['id', 'began', 'with', 'idle_until', 'ends'] as const;

function sessionCells({ id, startedAt, how, idleUntil, expires }: SessionRow): CsvCell[] {
  return [id, isoTime(startedAt), how, isoTime(idleUntil), isoTime(expires)];
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at);
}

/** Checks the password of now, where there is one, as a sign-in would: whoever holds a session does not hold the account. */
async function changePassword(deps: ReviewDeps, c: Desk, { current = '', password = '' }: Form): Promise<Told> {
  const { session } = c.var;
  const account = await deps.accounts.byId(session.user);
  if (account === null || account.subject !== null) throw new CordonError('usage', 'your password is not kept here');
  if (account.password !== null) {
    const until = await deps.accounts.countAttempt(attemptOf(account.name, null), deps.clock());
    if (until > deps.clock()) throw new CordonError('usage', 'there were too many attempts: wait a quarter of an hour');
    if (!(await verifyPassword(current, account.password))) {
      await acts(deps, session)('password.refused', `account:${account.id}`);
      throw new CordonError('usage', 'the password of now is another one: nothing changed');
    }
    await deps.accounts.clearAttempts([nameSubject(account.name)]);
  }
  const problem = passwordProblem(password, account.name);
  if (problem !== null) return { kind: 'problem', text: problem };
  const change = { id: account.id, password: await hashPassword(password), keep: session.id };
  await changes(deps, session)('password.change', `account:${account.id}`).accounts.setPassword(change);
  return { kind: 'done', text: 'The password is saved, and your other sessions ended.' };
}

function manager(deps: ReviewDeps, c: Desk): AccountDeps {
  const { accounts, clock } = deps;
  return { accounts, clock, origin: originOf(c, deps), change: changes(deps, c.var.session) };
}

function roleIn(text: string | undefined): (typeof DESK_ROLES)[number] {
  const role = DESK_ROLES.find((known) => known === text);
  if (role === undefined) throw new CordonError('usage', `a role is one of ${DESK_ROLES.join(', ')}`);
  return role;
}
