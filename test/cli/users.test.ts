import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { usersCommand } from '../../src/cli/users.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { verifyPassword } from '../../src/review/passwords.ts';
import { runCli } from '../support/cli.ts';

const PASSWORD = 'nine lamps under the jetty';
const data = mkdtempSync(join(tmpdir(), 'cordon-users-'));
afterAll(() => rmSync(data, { recursive: true }));

/** `cordon users …` in this process, where no command has to be started; what it prints. Throws what the command line would print. */
async function users(...args: readonly string[]): Promise<string> {
  vi.stubEnv('CORDON_DATA', data);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await usersCommand().parseAsync(args, { from: 'user' });
    return log.mock.calls.map((call) => `${call.join(' ')}\n`).join('');
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
  }
}

it('makes, shows, changes and ends accounts; a password comes by stdin only', async () => {
  expect(await users('add', 'Dana', '--role', 'officer')).toMatch(/^http:\/\/127\.0\.0\.1:8480\/sign-in#[\w-]{43}\n$/);
  const args = ['users', 'add', 'Lee', '--role', 'admin', '--password-stdin'];
  const given = await runCli(args, { env: { CORDON_DATA: data }, input: `${PASSWORD}\n` });
  expect(given).toEqual({ code: 0, out: 'Lee can sign in as admin\n', err: '' });
  expect(await users('role', 'dana', 'analyst')).toBe('dana is analyst\n');
  expect(await users('disable', 'dana')).toBe('dana is disabled\n');
  expect(await users('list')).toMatch(
    /^analyst {2}no password {2}disabled \S+, never signed in {2}Dana\nadmin {4}password {5}in use, never signed in {2}Lee\n$/,
  );

  await expect(users('add', 'LEE', '--role', 'admin')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('there is an account of this name'),
  });
  const ledger = await openLedger({ path: join(data, 'ledger.db'), migrate: false });
  const lee = await ledger.accounts.byName('lee');
  expect(await verifyPassword(PASSWORD, lee?.password ?? null)).toBe(true);
  const acts = await ledger.audit.list({ limit: 20 });
  expect(acts.map(({ action }) => action).reverse()).toEqual([
    'account.add',
    'link.create',
    'account.add',
    'account.role',
    'account.disable',
  ]);
  for (const { actor, role } of acts) expect([actor.slice(0, 4), role]).toEqual(['cli:', 'operator']);
  expect(JSON.stringify(acts)).not.toContain('jetty');
  await ledger.close();
});

it('refuses a short password, and prints it nowhere', async () => {
  const args = ['users', 'add', 'Kim', '--role', 'officer', '--password-stdin'];
  const short = await runCli(args, { env: { CORDON_DATA: data }, input: 'hunter2\n' });
  expect([short.code, short.err]).toEqual([2, expect.stringContaining('at least 15 characters')]);
  expect(short.out + short.err).not.toContain('hunter2');
});
