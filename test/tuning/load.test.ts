import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { loadOverlays } from '../../src/tuning/load.ts';
import { shippedPacks } from '../support/rules.ts';

const NOW = Date.UTC(2026, 10, 27, 12);
const WHO = 'author: Dana Brandt\n    reason: ticket 4711';
const HEAD = 'name: st-anna\nversion: 1.0.0\ntitle: Tuning of St. Anna\n';

function load(text: string, flows: readonly string[] | null = ['lis-to-emr']) {
  return loadOverlays([{ file: 'overlays/st-anna.yaml', text: HEAD + text }], {
    packs: shippedPacks(),
    flows: flows === null ? null : new Set(flows),
    now: NOW,
  });
}

function errorsOf(text: string): string[] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof CordonError && error.code === 'rules.invalid') return error.message.split('\n');
    throw error;
  }
  return [];
}

const rule = (pattern: string) => `rules:
  - id: st-anna.study
    title: Number of our registry
    category: unique-id
    severity: high
    confidence: 0.9
    scope: {text: true}
    pattern: '${pattern}'
    samples: {match: [enrolled as RR-004417], noMatch: [RR-1]}
`;

describe('an overlay', () => {
  it('is loaded with its rules as a pack that runs on RE2', () => {
    const { overlays, packs, warnings } = load(rule(String.raw`\bRR-\d{6}\b`));
    expect(overlays.map(({ name }) => name)).toEqual(['st-anna']);
    expect(packs).toMatchObject([{ name: 'st-anna', engine: 're2', rules: [{ id: 'st-anna.study' }] }]);
    expect(warnings).toEqual([]);
  });

  it('may be commented out altogether', () => {
    const files = [{ file: 'overlays/x.yaml', text: '# name: st-anna\n' }];
    expect(loadOverlays(files, { packs: [], flows: null, now: NOW })).toEqual({ overlays: [], packs: [], warnings: [] });
  });

  it('may be the one that is shipped to start from', () => {
    const text = readFileSync(new URL('../../rules/overlays/example.yaml.txt', import.meta.url), 'utf8');
    const around = { packs: shippedPacks(), flows: new Set(['lis-to-emr']), now: NOW };
    const { overlays, warnings } = loadOverlays([{ file: 'overlays/example.yaml', text }], around);
    expect([overlays.length, warnings]).toEqual([1, []]);
  });

  it('names a rule that is gone as a warning: an update of packs stops no start', () => {
    const { warnings } = load(`changes:\n  - {id: a, rule: hipaa.faxx, severity: low, author: Dana, reason: so it is}\n`);
    expect(warnings).toEqual([
      'overlays/st-anna.yaml:5: entry "a": there is no rule "hipaa.faxx", did you mean "hipaa.fax"?: it does nothing',
    ]);
  });

  it.each([
    [
      'a key that there is not',
      `changes:\n  - id: a\n    rule: hipaa.fax\n    severity: low\n    disabled: true\n    ${WHO}\n`,
      /^overlays\/st-anna\.yaml:8: entry "a": unknown key "disabled"; the keys are in docs\/tuning\.md$/,
    ],
    [
      'no end of what is disabled',
      `changes:\n  - id: a\n    rule: hipaa.fax\n    disable: true\n    ${WHO}\n`,
      /:5: entry "a": expires: is missing/,
    ],
    [
      'neither of both',
      `changes:\n  - id: a\n    rule: hipaa.fax\n    ${WHO}\n`,
      /entry "a": says either `disable: true` or a `severity`/,
    ],
    [
      'an end in more than a year',
      `changes:\n  - id: a\n    rule: hipaa.fax\n    disable: true\n    ${WHO}\n    expires: 2027-12-01\n`,
      /:10: entry "a": is more than a year away/,
    ],
    [
      'a day that there is not',
      `allow:\n  - id: a\n    flows: [lis-to-emr]\n    ${WHO}\n    expires: 2027-02-29\n`,
      /:9: entry "a": expires: is no day of the calendar/,
    ],
    [
      'a flow that there is not',
      `allow:\n  - id: a\n    flows: [lis-to-emrr]\n    ${WHO}\n    expires: 2027-01-31\n`,
      /:6: entry "a": there is no flow "lis-to-emrr", did you mean "lis-to-emr"\?$/,
    ],
    [
      'nothing that narrows it',
      `allow:\n  - id: a\n    rules: [hipaa.fax]\n    ${WHO}\n    expires: 2027-01-31\n`,
      /:5: entry "a": allows everything everywhere/,
    ],
    [
      'a value in clear',
      `allow:\n  - id: a\n    tokens: ["555-0100"]\n    ${WHO}\n    expires: 2027-01-31\n`,
      /:6: entry "a": tokens\.0: is no token: copy it from a finding/,
    ],
    ['no reason', 'allow:\n  - {id: a, paths: [PID-5], author: Dana, expires: 2027-01-31}\n', /entry "a": reason: is missing/],
    [
      'an id twice',
      `allow:\n  - {id: a, paths: [PID-5], author: Dana, reason: so it is, expires: 2027-01-31}\n  - {id: a, paths: [PID-7], author: Dana, reason: so it is, expires: 2027-01-31}\n`,
      /:6: entry "a": there is one of this name already, at overlays\/st-anna\.yaml:5; rename one$/,
    ],
    [
      'a rule that a pack has',
      rule('RR-[0-9]{6}').replace('st-anna.study', 'hipaa.fax'),
      /rule "hipaa\.fax": there is one of this name already, at pack hipaa-safe-harbor; rename one$/,
    ],
    [
      'look-around',
      rule(String.raw`(?<!X)RR-\d{6}`),
      /:11: rule "st-anna\.study": is no regular expression: RE2 has no look-ahead or look-behind: name the words beside the match in `context`/,
    ],
    [
      'a sample that is not found',
      rule(String.raw`RR-\d{7}`),
      /rule "st-anna\.study": finds nothing in a sample that must match$/,
    ],
  ])('is refused with %s', (_what, text, expected) => {
    expect(errorsOf(text)).toEqual([expect.stringMatching(expected)]);
  });

  it('is refused under the name of a pack', () => {
    const files = [{ file: 'overlays/x.yaml', text: 'name: echo\nversion: 1.0.0\ntitle: Ours\n' }];
    expect(() => loadOverlays(files, { packs: shippedPacks(), flows: null, now: NOW })).toThrow(
      'overlays/x.yaml:1: overlay "echo": there is one of this name already, at a pack that is shipped; rename one',
    );
  });
});
