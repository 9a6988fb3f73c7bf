import { fork, spawn } from 'node:child_process';
import type { Reply, Request } from './cli-host.ts';
import { ENTRY, PROGRAM } from './entry.ts';

const COMPILED = new URL('../../.cache/compiled', import.meta.url).pathname;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  /** The folder that it runs in. */
  readonly cwd?: string;
  /** All of its environment beside PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** `cordon …` as a user runs it; resolves when it has ended. */
export function runCli(args: readonly string[], { cwd, env = {}, input = '' }: CliOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  // A command that does not read its input may end before it is written.
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

export interface CliHost {
  /** As `runCli`, but that the process goes on: it proves neither that a command ends by itself nor what bin/ does before it. */
  run(args: readonly string[], options?: CliOptions): Promise<Ended>;
  close(): Promise<void>;
}

/**
 * One process for many commands, each with arguments, environment, folder and streams of its own. A command of a process of its own spends
 * most of its time on loading modules; a file that tries dozens runs
 * the rest here. Commands take turns.
 */
export function cliHost(): CliHost {
  const child = fork(new URL('./cli-host.ts', import.meta.url), {
    env: { NODE_COMPILE_CACHE: COMPILED },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let last: Promise<unknown> = Promise.resolve();

  function ask(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null): void =>
        reject(new Error(`the process for ${request.args.join(' ')} ended with ${code}`));
      child.once('exit', gone);
      child.once('message', (reply: Reply) => {
        child.off('exit', gone);
        resolve(reply);
      });
      child.send(request);
    });
  }
  return {
    run(args, { cwd = process.cwd(), env = {}, input = '' } = {}) {
      const asked = last.then(() => ask({ program: PROGRAM, args, cwd, env: { PATH: process.env.PATH, ...env }, input }));
      last = asked.catch(() => undefined);
      return asked;
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** Lines of NDJSON. */
export function jsonLines(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** The keys of a line of evidence, in their order (DESIGN §6.1). */
export const EVIDENCE_KEYS = ['target', 'check', 'profile', 'section', 'outcome', 'how', 'facts', 'reason', 'at', 'expires'];
