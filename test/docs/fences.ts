/** One fenced block of commands in a document. */
export interface Block {
  /** Line of the first command, from 1. */
  readonly line: number;
  /** Runs on while the blocks after it do. */
  readonly background: boolean;
  readonly commands: readonly string[];
}

export interface Fences {
  readonly blocks: readonly Block[];
  /** What the convention forbids, one line each. */
  readonly problems: readonly string[];
}

/** The two commands that tests do not run: one is the tests, the other has tests of its own. */
const LEFT_OUT = /^(CI=\w+ )?npm (test|run (-s )?demo)\b/;

/** Languages that would be run if they were called by the name that the convention has for them. */
const SHELLS = new Set(['bash', 'shell', 'zsh', 'shellsession', 'sh-session', '']);

/**
 * Commands in a document, after this convention:
 * - a fence ```` ```sh ```` is run, with all others of its file in one bash session, in order, each command having to succeed;
 * - ```` ```sh background ```` is started, and left running until the end of the file, as what a reader starts in another terminal;
 * - a command with `# exits 1` after it has to exit with that;
 * - ```` ```console ```` (prompts and output) and ```` ```text ```` are for reading, like any other language.
 */
export function readFences(text: string): Fences {
  const blocks: Block[] = [];
  const problems: string[] = [];
  let open: { mark: string; indent: number; info: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const match = /^( *)(`{3,}|~{3,})(.*)$/.exec(line);
    if (open !== null) {
      if (match?.[2]?.startsWith(open.mark) && match[3]?.trim() === '') {
        close(open, blocks, problems);
        open = null;
      } else open.lines.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)));
    } else if (match !== null) {
      open = { mark: match[2] ?? '```', indent: match[1]?.length ?? 0, info: match[3]?.trim() ?? '', line: index + 1, lines: [] };
    }
  }
  if (open !== null) problems.push(`${open.line}: the fence is never closed`);
  return { blocks, problems };
}

function close(open: { info: string; line: number; lines: readonly string[] }, blocks: Block[], problems: string[]): void {
  const [language = '', ...words] = open.info.split(/\s+/);
  if (SHELLS.has(language))
    problems.push(`${open.line}: a fence named "${language}": commands to run are sh, what is only read is console or text`);
  if (language !== 'sh') return;
  const background = words.includes('background');
  const unknown = words.filter((word) => word !== 'background');
  if (unknown.length > 0) problems.push(`${open.line}: sh ${unknown.join(' ')}: unknown; sh or sh background`);
  blocks.push({ line: open.line + 1, background, commands: open.lines.filter((line) => !LEFT_OUT.test(line.trim())) });
}

/**
 * The bash script of a file's blocks. What fails is said as `FAILED name:line`. A background block ends with the script; the script goes on
 * when `ready` (a shell command) succeeds.
 */
export function scriptOf(name: string, blocks: readonly Block[], ready: string): string {
  const parts = [
    'set -Eeuo pipefail',
    'cordon_background=()',
    `trap 'for p in "\${cordon_background[@]}"; do kill -TERM -- "-$p" 2>/dev/null || true; done; wait' EXIT`,
    // The place is a variable: a trap that is set anew for each block would not be seen in functions.
    `trap 'echo "FAILED $cordon_place: $BASH_COMMAND" >&2' ERR`,
  ];
  for (const { line, background, commands } of blocks) {
    const place = `cordon_place=${quote(`${name}:${line}`)}`;
    const text = commands.map(expectExit).join('\n');
    if (text.trim() === '') continue;
    if (background) {
      parts.push(place, `setsid bash -c ${quote(`set -e\n${text}`)} </dev/null &`, 'cordon_background+=($!)');
      parts.push(
        'cordon_tries=0',
        `until ${ready}; do`,
        '  kill -0 "$!" || { echo "FAILED $cordon_place: ended before it was ready" >&2; exit 1; }',
      );
      parts.push(
        '  cordon_tries=$((cordon_tries + 1)); if [ "$cordon_tries" -gt 300 ]; then echo "FAILED $cordon_place: not ready" >&2; exit 1; fi',
      );
      parts.push('  sleep 0.2', 'done');
    } else parts.push(place, text);
  }
  return `${parts.join('\n')}\n`;
}

/** `cordon scan x --fail-on high  # exits 1` → a command that succeeds when the other exits 1. */
function expectExit(command: string): string {
  const match = /^(.*\S)\s+# exits (\d+)\s*$/.exec(command);
  return match === null ? command : `{ ${match[1]}; } && false || test $? -eq ${match[2]}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
