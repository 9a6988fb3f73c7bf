import type { Judged } from './evaluate.ts';

const EXAMPLES = 12;

/** What was missed and what was reported for nothing, by kind, with examples. The values are made up; of the test split nobody may ask. */
export interface Misses {
  add(one: Judged): void;
  /** An incident over clean traffic, and a finding of it. */
  alarm(cause: string, example: string): void;
  markdown(): string;
}

export function createMisses(): Misses {
  const missed = new Map<string, string[]>();
  const alarms = new Map<string, string[]>();
  const clean = new Map<string, string[]>();
  const put = (into: Map<string, string[]>, key: string, example: string): void => {
    into.set(key, [...(into.get(key) ?? []), example]);
  };
  return {
    add({ file, matched }) {
      for (const { label, found, by } of matched.labels) {
        if (found || label.optional === true) continue;
        const instead = by === null ? '' : ` (found: ${by.category} ${JSON.stringify(by.text)} by ${by.rule})`;
        put(
          missed,
          `${file.format} ${label.kind} ${label.category} ${label.subject}`,
          `${file.name} ${file.style} ${label.path} ${JSON.stringify(label.text)}${instead}`,
        );
      }
      for (const each of matched.falseAlarms) {
        put(
          alarms,
          `${file.format} ${each.rule} ${each.category ?? ''}`,
          `${file.name} ${file.style} ${each.path} ${JSON.stringify(each.text)}`,
        );
      }
    },
    alarm: (cause, example) => put(clean, cause, example),
    markdown: () =>
      `# Misses\n\n${table(missed)}\n# False alarms\n\n${table(alarms)}\n# Incidents over clean traffic\n\n${table(clean)}`,
  };
}

function table(groups: ReadonlyMap<string, readonly string[]>): string {
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([key, examples]) => `## ${key}: ${examples.length}\n${shown(examples).join('')}`)
    .join('\n');
}

/** Examples of different values, those that come most often first. */
function shown(examples: readonly string[]): string[] {
  const values = new Map<string, { first: string; count: number }>();
  for (const each of examples) {
    const value = each.slice(each.indexOf('"'));
    const known = values.get(value);
    values.set(value, { first: known?.first ?? each, count: (known?.count ?? 0) + 1 });
  }
  return [...values.values()]
    .sort((one, other) => other.count - one.count)
    .slice(0, EXAMPLES)
    .map(({ first, count }) => `- ${count === 1 ? '' : `${count} × `}${first}\n`);
}
