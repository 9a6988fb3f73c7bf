import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/** Runs commands one after the other as `cliHost` (cli.ts) asks for them: each evaluates the program anew, on modules that are loaded already. */

export interface Request {
  /** Absolute path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string;
}

export interface Reply {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let count = 0;

process.on('message', (request: Request) => {
  void run(request).then((reply) => process.send?.(reply));
});
// Whoever asked has gone.
process.on('disconnect', () => process.exit());

async function run({ program, args, cwd, env, input }: Request): Promise<Reply> {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
  process.argv = [process.execPath, program, ...args];
  process.exitCode = 0;
  // A command that reads the descriptor itself (scan) finds nothing there.
  Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from([Buffer.from(input)]) });
  // Each evaluation adds one.
  process.stdout.removeAllListeners('error');
  const out = collect(process.stdout);
  const err = collect(process.stderr);
  try {
    await import(`${pathToFileURL(program).href}?${++count}`);
  } finally {
    out.end();
    err.end();
  }
  return { code: Number(process.exitCode), out: out.text(), err: err.text() };
}

/** What is written to a stream of this process, in place of writing it, until `end`. */
function collect(stream: NodeJS.WriteStream): { text(): string; end(): void } {
  const chunks: Buffer[] = [];
  const write = stream.write;
  stream.write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    chunks.push(Buffer.from(chunk));
    const called = typeof encoding === 'function' ? encoding : done;
    if (typeof called === 'function') process.nextTick(() => called());
    return true;
  };
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    end() {
      stream.write = write;
    },
  };
}
