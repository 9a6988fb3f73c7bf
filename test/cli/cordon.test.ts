import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliHost, cliHost, type Ended, runCli } from '../support/cli.ts';

let folder = '';
let host: CliHost;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-cli-'));
  host = cliHost();
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

function cordon(args: readonly string[], env: Record<string, string> = {}, run = host.run): Promise<Ended> {
  return run(args, { cwd: folder, env: { CORDON_DATA: join(folder, 'data'), ...env } });
}

/** In a process of its own, as a user runs it: one that succeeds, one that fails, one that writes what the next reads. */
const alone = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> => cordon(args, env, runCli);

describe('the program', () => {
  test('says which commands there are', async () => {
    const { code, out } = await alone(['--help']);
    expect(code).toBe(0);
    for (const name of ['start', 'demo', 'scan', 'rules', 'flows', 'keys', 'config', 'ledger', 'doctor']) {
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
  });

  test.each(['start', 'demo', 'scan', 'rules', 'flows', 'keys', 'config', 'ledger', 'doctor'])(
    '%s has its help',
    async (name) => {
      const { code, out, err } = await cordon([name, '--help']);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain(`Usage: cordon ${name}`);
    },
  );

  test('ends by itself with 2 for bad use', async () => {
    const { code, out, err } = await alone(['keys', 'revoke', 'x']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^cordon: there is no key "x" in force/);
  });

  test.each([
    ['an unknown command', ['scann'], /^cordon: unknown command 'scann'\n\(Did you mean scan\?\)\n$/],
    ['an unknown option', ['doctor', '--fix'], /^cordon: unknown option '--fix'\n/],
    ['a missing option', ['keys', 'create'], /^cordon: required option '--name <name>' not specified\n$/],
    [
      'a bad choice',
      ['keys', 'create', '--name', 'x', '--scope', 'all'],
      /^cordon: option '--scope <scope>' argument 'all' is invalid/,
    ],
    ['a bad name', ['keys', 'create', '--name', '-'], /^cordon: --name: 1 to 64 letters/],
    ['an unknown key', ['keys', 'revoke', 'x'], /^cordon: there is no key "x" in force: cordon keys list shows the ids\n$/],
    [
      'a configuration that is not there',
      ['--config', 'none.yaml', 'config', 'show'],
      /^cordon: none\.yaml: cannot be read \(ENOENT/,
    ],
  ])('ends with 2 for %s, in one line', async (_name, args, error) => {
    const { code, out, err } = await cordon(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(error);
    expect(err).not.toContain('    at ');
  });
});

describe('config', () => {
  test('show says where each value comes from, --config before or after the command', async () => {
    writeFileSync(join(folder, 'own.yaml'), 'mllp:\n  port: 3000\n');
    for (const args of [
      ['--config', 'own.yaml', 'config', 'show'],
      ['config', 'show', '--config', 'own.yaml'],
    ]) {
      const { code, out } = await cordon(args, { CORDON_HTTP_PORT: '0' });
      expect(code).toBe(0);
      expect(out).toMatch(/^mllp\.port +3000 +own\.yaml$/m);
      expect(out).toMatch(/^http\.port +0 +CORDON_HTTP_PORT$/m);
      expect(out).toMatch(/^log\.level +info +default$/m);
    }
  });

  test('check tells a good file from a bad one', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'mllp:\n  prt: 3000\nnack: x\n');
    expect(await cordon(['config', 'check', resolve('cordon.example.yaml')])).toMatchObject({ code: 0, err: '' });
    expect(await cordon(['config', 'check', 'bad.yaml'])).toEqual({
      code: 2,
      out: '',
      err: 'cordon: bad.yaml:3: nack: must be one of close, AR, AE\ncordon: bad.yaml:2: mllp.prt: unknown key (did you mean port?)\n',
    });
  });
});

describe('keys', () => {
  test('are printed once, listed without secret, and revoked', async () => {
    const env = { CORDON_DATA: join(folder, 'keys') };
    const made = await alone(['keys', 'create', '--name', 'engine', '--scope', 'read'], env);
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/^cdn_[0-9a-f]{12}_[0-9a-f]{64}\n$/);
    const id = made.out.slice(4, 16);
    const secret = made.out.trim().slice(17);
    const listed = await cordon(['keys', 'list'], env);
    expect(listed.out).toMatch(new RegExp(`^${id}  read +\\S+  in force  engine\n$`));
    expect(await cordon(['keys', 'revoke', id], env)).toMatchObject({ code: 0, out: `key ${id} is revoked\n` });
    expect((await cordon(['keys', 'list'], env)).out).toMatch(/ {2}revoked \S+ {2}engine\n$/);
    expect((await cordon(['keys', 'revoke', id], env)).code).toBe(2);
    expect(statSync(env.CORDON_DATA).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(env.CORDON_DATA))
      expect(readFileSync(join(env.CORDON_DATA, file), 'latin1')).not.toContain(secret);
  });
});
