import type { Evidence } from '../core/evidence.ts';

export const VERIFY_FORMATS = ['table', 'ndjson'] as const;
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

/** One line of `verify … --format ndjson` (DESIGN §6.1), times in ISO 8601. */
function evidenceJson({ target, check, profile, section, outcome, how, facts, reason, at, expires }: Evidence): string {
  const [since, until] = [new Date(at).toISOString(), new Date(expires).toISOString()];
  return JSON.stringify({ target, check, profile, section, outcome, how, facts, reason, at: since, expires: until });
}

/** For people: the target once, under it a line a statement, and why where it is not proven. */
function evidenceRows(rows: readonly Evidence[]): string[] {
  return rows.flatMap(({ target, check, profile, section, outcome, reason }, index) => [
    ...(target === rows[index - 1]?.target ? [] : [target]),
    `  ${outcome.padEnd(14)}  ${(profile ?? '').padEnd(11)}  ${check.padEnd(12)}  ${section.padEnd(10)}  ${reason ?? ''}`.trimEnd(),
  ]);
}

/** Writes statements in the format, and sets the exit code 1 where one failed (an unreachable target is `unknown`, which did not). */
export function writeEvidence(rows: readonly Evidence[], format: VerifyFormat, write: (text: string) => void): void {
  const lines = format === 'ndjson' ? rows.map(evidenceJson) : evidenceRows(rows);
  for (const line of lines) write(`${line}\n`);
  if (rows.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
}
