import type { Entry } from './apply.ts';

/** What an entry does to a match that it holds for. */
export function effectOf({ severity }: Entry): string {
  return severity === null ? 'suppresses' : `severity ${severity}`;
}

/** All that must hold for an entry to hold; a token is shown by its beginning. */
export function conditionsOf({ rules, categories, flows, places, tokens }: Entry): string {
  const part = (what: string, values: Iterable<string> | null): string[] =>
    values === null ? [] : [`${what} ${[...values].join(' ')}`];
  const begun = tokens === null ? null : [...tokens].map((token) => `${token.slice(0, 10)}…`);
  return [
    ...part('rule', rules),
    ...part('category', categories),
    ...part('path', places),
    ...part('flow', flows),
    ...part('token', begun),
  ].join(', ');
}
