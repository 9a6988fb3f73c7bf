import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadProfiles } from '../../../src/encryption/transit/profiles.ts';
import { readRuleFiles } from '../../../src/rule-files.ts';

const GOOD = readFileSync('rules/transit/rfc9325.yaml', 'utf8');

function errorOf(...texts: string[]): string {
  try {
    loadProfiles(texts.map((text, index) => ({ file: `transit/${index}.yaml`, text })));
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
}

function lineOf(text: string, part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part)) + 1;
}

describe('loadProfiles', () => {
  it('reads the five profiles that ship', () => {
    const names = loadProfiles(readRuleFiles('rules/transit', 'profiles')).map(({ profile }) => profile);
    expect(names).toEqual(['dicom-b12', 'dicom-b13', 'iti-19', 'rfc9325', 'sp800-52r2']);
  });

  it.each([
    ['bulk: [RC4]', 'bulk: [RC5]', 'suites.forbidden.1.match.bulk.0: "RC5" is none of NULL, RC4, '],
    ['rsaBits: 2048', 'rsaBits: many', 'certificate.rsaBits: is no number'],
    ['rsaBits: 2048', 'rsaBit: 2048', 'certificate: unknown key "rsaBit"'],
    ['section: "3.1.1"', 'section: 3.1', 'version.section: is no string (put it in quotes)'],
    ['match: {bitsBelow: 112}', 'match: {}', 'suites.forbidden.2.match: says nothing to match by'],
  ])('says where %s became %s and what is wrong', (before, after, message) => {
    const text = GOOD.replace(before, after);
    const place = `transit/0.yaml:${lineOf(text, after)}: profile: `;
    expect(errorOf(text).split('\n')).toContainEqual(expect.stringContaining(place + message));
  });

  it('says all errors of all files, a missing key, what is no YAML, and a name that is there twice', () => {
    const missing = GOOD.replace('  rsaBits: 2048\n', '').replace('profile: rfc9325', 'profile: other');
    expect(errorOf(GOOD, missing, 'profile: [', GOOD).split('\n')).toEqual([
      expect.stringMatching(/^transit\/1\.yaml:\d+: profile: certificate\.rsaBits: is missing$/),
      expect.stringMatching(/^transit\/2\.yaml:1: is no YAML: /),
      `transit/3.yaml:${lineOf(GOOD, 'profile: rfc9325')}: profile "rfc9325": there is one of this name already, at transit/0.yaml:${lineOf(GOOD, 'profile: rfc9325')}`,
    ]);
  });
});
