import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open.ts';
import { verifyPassword } from '../../src/review/passwords.ts';
import { runCli } from '../support/cli.ts';

const PASSWORD = 'nine lamps under the jetty';
const data = mkdtempSync(join(tmpdir(), 'cordon-users-'));
afterAll(() => rmSync(data, { recursive: true }));

const users = (args: readonly string[], input = '') => runCli(['users', ...args], { env: { CORDON_DATA: data }, input });

it('makes, shows, changes and ends accounts; a password comes by stdin only', async () => {
  const made = await users(['add', 'Dana', '--role', 'officer']);
  expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:8480\/sign-in#[\w-]{43}\n$/)]);
  const given = await users(['add', 'Lee', '--role', 'admin', '--password-stdin'], `${PASSWORD}\n`);
  expect(given).toEqual({ code: 0, out: 'Lee can sign in as admin\n', err: '' });
  expect(await users(['role', 'dana', 'analyst'])).toMatchObject({ code: 0, out: 'dana is analyst\n' });
  expect(await users(['disable', 'dana'])).toMatchObject({ code: 0, out: 'dana is disabled\n' });
  expect((await users(['list'])).out).toMatch(
    /^analyst {2}no password {2}disabled \S+, never signed in {2}Dana\nadmin {4}password {5}in use, never signed in {2}Lee\n$/,
  );

  const again = await users(['add', 'LEE', '--role', 'admin']);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('there is an account of this name')]);
  const short = await users(['reset', 'lee', '--password-stdin'], 'hunter2\n');
  expect([short.code, short.err]).toEqual([2, expect.stringContaining('at least 15 characters')]);
  expect(short.err).not.toContain('hunter2');

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
