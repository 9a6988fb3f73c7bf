import type { Evidence } from '../core/evidence.ts';

export const VERIFY_FORMATS = ['table', 'ndjson'] as const;
const OUTCOME = 'not_applicable'.length;
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

/** One line of `verify … --format ndjson` (DESIGN §6.1), times in ISO 8601. */
function evidenceJson({ target, check, profile, section, outcome, how, facts, reason, at, expires }: Evidence): string {
  const [since, until] = [new Date(at).toISOString(), new Date(expires).toISOString()];
  return JSON.stringify({ target, check, profile, section, outcome, how, facts, reason, at: since, expires: until });
}

/** For people: the target once, under it a line a statement, and why where it is not proven; one line where all say the same. */
function evidenceRows(rows: readonly Evidence[]): string[] {
  const targets = Map.groupBy(rows, ({ target }) => target);
  return [...targets].flatMap(([target, statements]) => [target, ...linesOf(statements)]);
}

function linesOf(rows: readonly Evidence[]): string[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const { outcome, reason } = first;
  const isOne = reason !== null && others.length > 0 && others.every((row) => row.outcome === outcome && row.reason === reason);
  if (isOne) return [`  ${outcome.padEnd(OUTCOME)}  all ${rows.length} checks: ${reason}`];
  const widthOf = (text: (row: Evidence) => string): number => Math.max(...rows.map((row) => text(row).length));
  const [profiles, checks, sections] = [
    widthOf(({ profile }) => profile ?? ''),
    widthOf(({ check }) => check),
    widthOf(({ section }) => section),
  ];
  return rows.map((row) => {
    const cells = [
      row.outcome.padEnd(OUTCOME),
      ...(profiles === 0 ? [] : [(row.profile ?? '').padEnd(profiles)]),
      row.check.padEnd(checks),
      ...(sections === 0 ? [] : [row.section.padEnd(sections)]),
      row.reason ?? '',
    ];
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

/** Writes statements in the format, and sets the exit code 1 where one failed (an unreachable target is `unknown`, which did not). */
export function writeEvidence(rows: readonly Evidence[], format: VerifyFormat, write: (text: string) => void): void {
  const lines = format === 'ndjson' ? rows.map(evidenceJson) : evidenceRows(rows);
  for (const line of lines) write(`${line}\n`);
  if (rows.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
}
