import { spawn } from 'node:child_process';

const ENTRY = new URL('../../bin/cordon.mjs', import.meta.url).pathname;

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

/** Lines of NDJSON. */
export function jsonLines(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** The keys of a line of evidence, in their order (DESIGN §6.1). */
export const EVIDENCE_KEYS = ['target', 'check', 'profile', 'section', 'outcome', 'how', 'facts', 'reason', 'at', 'expires'];
