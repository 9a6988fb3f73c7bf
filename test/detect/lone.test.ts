import { describe, expect, it } from 'vitest';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { message, shippedRules } from '../support/rules.ts';

const found = (...segments: string[]) =>
  detect(message(...segments), shippedRules()).matches.map(({ rule, confidence, lone, leaf }) => ({
    rule,
    confidence,
    lone,
    leaf,
  }));

describe('what stands alone', () => {
  it('is a doubtful name in a text that says nothing else of anybody, with less confidence', () => {
    const [alone] = found(`NTE|1||Set for Carter and Domingo.`);
    expect(alone).toMatchObject({ rule: 'names.unknown', lone: true });
    expect(alone?.confidence).toBeLessThan(0.5);
  });

  it('is none where the text, or another of its place, says something of a person', () => {
    for (const more of [' Seen 3 March 2024.', ' MRN 4471823.']) {
      const names = found(`NTE|1||Set for Carter and Domingo.${more}`).filter(({ rule }) => rule === 'names.unknown');
      expect(names.map(({ lone }) => lone)).toEqual([undefined, undefined]);
    }
    const elsewhere = found('NTE|1||Set for Carter and Domingo.', 'NTE|2||Seen 3 March 2024.');
    expect(elsewhere.find(({ rule }) => rule === 'names.unknown')?.lone).toBeUndefined();
  });

  it('is not saved by a clinician, nor by who is named in a field', () => {
    for (const more of [['NTE|2||Dr. Anna Lopez, MD'], ['PID|1||4471823^^^H^MR||Doe^Jane']]) {
      const names = found('NTE|1||Set for Carter and Domingo.', ...more).filter(({ rule }) => rule === 'names.unknown');
      expect(names.map(({ lone }) => lone)).toEqual([true, true]);
    }
  });

  it('is a day by its figures alone, where nothing else is said of anybody', () => {
    expect(found('NTE|1||Filter changed 3/26 as planned').map(({ rule, lone }) => [rule, lone])).toEqual([
      ['text.day-likely', true],
    ]);
    const beside = found('NTE|1||Katherine Rivera: BCx 3/26 grew nothing');
    expect(beside.find(({ rule }) => rule === 'text.day-likely')).toMatchObject({ lone: undefined });
  });

  it('is a town with nobody in it, and none with a street', () => {
    expect(found('NTE|1||Course moved from Tulsa last year.').map(({ lone }) => lone)).toEqual([true]);
    expect(found('NTE|1||The depot in Ottumwa is closed.').map(({ lone }) => lone)).toEqual([true]);
    const withStreet = found('NTE|1||lives at 418 Larkspur Ave, Springfield, IL 62704');
    expect(withStreet.length).toBeGreaterThan(1);
    expect(withStreet.every(({ lone }) => lone === undefined)).toBe(true);
  });

  it('is no name that is sure, whatever stands beside it', () => {
    expect(found('NTE|1||Spoke with Katherine Rivera.').every(({ lone }) => lone === undefined)).toBe(true);
  });

  it('is not reported at all by a rule for which it is nothing alone, and beside a date or one thing of somebody no more', () => {
    for (const text of ['Match run 1638842, seq 3.', 'Match run 1638842, seq 3. Revised 3 March 2024.'])
      expect(found(`NTE|1||${text}`).map(({ rule }) => rule)).not.toContain('likely.code');
    expect(found('NTE|1||Match run 1638842, seq 3.', 'NTE|2||Dr. Anna Lopez, MD').map(({ rule }) => rule)).not.toContain(
      'likely.code',
    );
    // One thing of somebody may be taken for what it is not.
    expect(
      found('NTE|1||Match run 1638842, seq 3.', 'NTE|2||Spoke with Katherine Rivera.').map(({ rule }) => rule),
    ).not.toContain('likely.code');
    const beside = found('NTE|1||Match run 1638842, seq 3.', 'NTE|2||Spoke with Katherine Rivera, cell 217-555-0134.');
    expect(beside.find(({ rule }) => rule === 'likely.code')).toMatchObject({ confidence: 0.4, lone: true });
  });

  it('is somebody’s where the message’s own fields say whose, for such a rule alone', () => {
    const of = found('PID|1||4471823^^^H^MR||Doe^Jane', 'NTE|1||Match run 1638842, seq 3. Set for Carter and Domingo.');
    expect(of.filter(({ rule }) => rule === 'likely.code')).toHaveLength(1);
    expect(of.filter(({ rule }) => rule === 'names.unknown').every(({ lone }) => lone === true)).toBe(true);
  });

  it('is reported in a table where about as many things are somebody’s as a rule finds', () => {
    const codes = (rows: readonly string[]) =>
      parseBody({ bytes: Buffer.from(`a;b;c;d;e\n${rows.join('\n')}\n`), elided: [] }).flatMap((parsed) =>
        detect(parsed, shippedRules()).matches.filter(({ rule }) => rule === 'likely.code'),
      ).length;
    const person = (at: number) => `SM40412${at};x;217-555-01${at}4;Maria Gonzalez;y`;
    const thing = (at: number) => `SM40412${at};x;shelf;item;y`;
    expect(codes([1, 2, 3, 4].map(person))).toBe(4);
    expect(codes([person(1), ...[2, 3, 4, 5, 6, 7, 8, 9].map(thing)])).toBe(0);
  });
});
