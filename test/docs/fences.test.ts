import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFences, scriptOf } from './fences.ts';

const run = (text: string, ready = 'true') => {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', scriptOf('X.md', readFences(text).blocks, ready)], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr: stderr.trim() };
};

test('sh is run, the rest is read', () => {
  const text =
    'a\n```sh\necho 1\nA=2\n```\n```console\n$ echo no\n```\n```json\n{}\n```\n\n1. list\n   ```sh\n   echo $A\n   ```\n';
  expect(readFences(text)).toEqual({
    blocks: [
      { line: 3, background: false, commands: ['echo 1', 'A=2'] },
      { line: 15, background: false, commands: ['echo $A'] },
    ],
    problems: [],
  });
  expect(run(text)).toEqual({ status: 0, stdout: '1\n2\n', stderr: '' });
});

test('the two commands of the README are left out', () => {
  const commands = 'npm test\nnpm run demo\nnpm run demo -- --once\nnpm run -s demo -- --labels\nnpm run -s cordon -- scan x';
  expect(readFences(`\`\`\`sh\n${commands}\n\`\`\`\n`).blocks[0]?.commands).toEqual(['npm run -s cordon -- scan x']);
});

test.each([
  ['```bash\nls\n```', '1: a fence named "bash": commands to run are sh, what is only read is console or text'],
  ['```\nls\n```', '1: a fence named "": commands to run are sh, what is only read is console or text'],
  ['```sh later\nls\n```', '1: sh later: unknown; sh or sh background'],
  ['x\n```sh\nls\n', '2: the fence is never closed'],
])('%j is refused', (text, problem) => {
  expect(readFences(text).problems).toEqual([problem]);
});

test('the first command that fails is told, and ends the run', () => {
  const { status, stdout, stderr } = run('```sh\necho 1\n```\n```sh\nfalse\necho 2\n```\n');
  expect([status, stdout, stderr]).toEqual([1, '1\n', 'FAILED X.md:5: false']);
});

test('an exit code that is announced is wanted', () => {
  expect(run('```sh\n(exit 3)  # exits 3\necho on\n```\n')).toEqual({ status: 0, stdout: 'on\n', stderr: '' });
  expect(run('```sh\n(exit 2)  # exits 3\n```\n').status).toBe(1);
  expect(run('```sh\ntrue  # exits 3\n```\n').status).toBe(1);
});

test('what runs in the background is waited for, and ended', () => {
  const started = run(
    '```sh background\nsleep 60 & echo $! > "$F"; touch "$F.ready"; wait\n```\n```sh\ncat "$F"\n```\n'.replaceAll(
      '$F',
      `/tmp/cordon-fence-${process.pid}`,
    ),
    `test -e /tmp/cordon-fence-${process.pid}.ready`,
  );
  expect(started.status).toBe(0);
  // Ended, and perhaps not yet reaped by whoever inherits orphans here.
  const status = existsSync(`/proc/${started.stdout.trim()}/stat`)
    ? readFileSync(`/proc/${started.stdout.trim()}/stat`, 'utf8')
    : 'gone';
  expect(status).toMatch(/^gone$|\) Z /);
});

test('what ends before it is ready is told', () => {
  const { status, stderr } = run('```sh background\nexit 4\n```\n', 'false');
  expect(status).toBe(1);
  expect(stderr).toContain('FAILED X.md:2: ended before it was ready');
});
