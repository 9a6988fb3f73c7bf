import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ENTRY } from './entry.ts';

/** The agent as a process of its own, as an operator would start it, on free ports. */
export interface RunningAgent {
  readonly process: ChildProcess;
  readonly data: string;
  /** By listener name: `mllp`, `mllp-tls`, `http`, `dimse`, `dimse-tls`. */
  readonly ports: ReadonlyMap<string, number>;
  /** Printed by the first start of a data folder only. */
  readonly apiKey: string | null;
  readonly signIn: string | null;
  /** Every line it printed, stdout and stderr. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

export interface AgentOptions {
  readonly data?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Bytes that no file of the agent may grow over (RLIMIT_FSIZE, set by the shell that starts it). */
  readonly fileSize?: number;
}

/** A fresh folder for an agent's data. */
export function freshData(): string {
  return mkdtempSync(join(tmpdir(), 'cordon-'));
}

/** Starts the agent and waits until it is ready. Rejects with what it printed when it ends before. */
export async function startAgent(options: AgentOptions = {}): Promise<RunningAgent> {
  const data = options.data ?? freshData();
  const command = [process.execPath, ENTRY, 'start', '--log', 'json', ...(options.args ?? [])];
  // POSIX counts the limit in blocks of 512 bytes. The signal is ignored, so that the write fails as on a full disk.
  const limit = options.fileSize === undefined ? '' : `trap '' XFSZ; ulimit -f ${Math.ceil(options.fileSize / 512)}; `;
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, ...command], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      CORDON_DATA: data,
      CORDON_HTTP_PORT: '0',
      CORDON_MLLP_PORT: '0',
      CORDON_MLLP_TLS_PORT: '0',
      CORDON_DIMSE_PORT: '0',
      CORDON_DIMSE_TLS_PORT: '0',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ports = new Map<string, number>();
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  let apiKey: string | null = null;
  let signIn: string | null = null;
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const event = parseLine(line);
      if (event.event === 'listening') ports.set(String(event.listener), Number(event.port));
      if (event.event === 'api-key') apiKey = String(event.key);
      if (event.event === 'sign-in') signIn = String(event.url);
      if (event.event === 'ready') resolve();
    });
  });
  const outcome = await Promise.race([ready.then(() => 'ready'), ended]);
  if (outcome !== 'ready') throw new Error(`the agent ended with ${outcome} before it was ready:\n${lines.join('\n')}`);
  return {
    process: child,
    data,
    ports,
    apiKey,
    signIn,
    lines,
    ended,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

function parseLine(line: string): Record<string, unknown> {
  if (!line.startsWith('{')) return {};
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/** Port of a listener, which must be there. */
export function portOf(agent: RunningAgent, listener: string): number {
  const port = agent.ports.get(listener);
  if (port === undefined) throw new Error(`no listener ${listener}; there are ${[...agent.ports.keys()].join(', ')}`);
  return port;
}
