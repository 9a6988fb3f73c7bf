import { readFileSync } from 'node:fs';
import { type Checked, checkPack } from './check.ts';

/** What `check-evidence` prints, a line each. */
export function checkedLines({ held, problems, notes, numbers }: Checked): string[] {
  const rows = Object.entries(numbers).map(([name, value]) => `  ${value.toLocaleString('en-US').padStart(14)}  ${name}`);
  return [
    ...(rows.length === 0 ? [] : ['numbers made of the data again:', ...rows, '']),
    ...held.map((line) => `holds    ${line}`),
    ...notes.map((line) => `note     ${line}`),
    ...problems.map((line) => `TOUCHED  ${line}`),
    '',
    problems.length === 0 ? 'nothing was touched' : `${problems.length} of what was checked does not hold`,
  ];
}

/** The script in the pack: `node check-evidence.mjs PACK.zip [--key KEY]`. Returns the exit code. */
export function checkMain(args: readonly string[]): number {
  const flag = args.indexOf('--key');
  const [path, ...more] = flag < 0 ? args : args.toSpliced(flag, 2);
  const key = flag < 0 ? null : (args[flag + 1] ?? '');
  if (path === undefined || path.startsWith('-') || more.length > 0) {
    process.stderr.write('use: node check-evidence.mjs PACK.zip [--key KEY]\n');
    return 2;
  }
  let zip: Buffer;
  try {
    zip = readFileSync(path);
  } catch (error) {
    process.stderr.write(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})\n`);
    return 2;
  }
  const checked = checkPack(zip, key);
  process.stdout.write(`${checkedLines(checked).join('\n')}\n`);
  return checked.problems.length === 0 ? 0 : 1;
}
