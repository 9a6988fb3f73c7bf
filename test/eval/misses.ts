import type { Judged } from './evaluate.ts';

const EXAMPLES = 6;

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
    .map(([key, examples]) => {
      const step = Math.max(1, Math.floor(examples.length / EXAMPLES));
      const shown = examples.filter((_, index) => index % step === 0).slice(0, EXAMPLES);
      return `## ${key}: ${examples.length}\n${shown.map((each) => `- ${each}\n`).join('')}`;
    })
    .join('\n');
}
