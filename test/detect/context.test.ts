import { describe, expect, it } from 'vitest';
import { compilePacks } from '../../src/detect/compile.ts';
import { type Evidence, NOTHING } from '../../src/detect/names/evidence.ts';
import { findNames } from '../../src/detect/names/find.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedPacks } from '../support/rules.ts';

/** The names in lines that are read one after the other, as lines of a text are. */
function namesIn(text: string): string[] {
  const known = new Map();
  let lead: Evidence = NOTHING;
  return text.split('\n').flatMap((line) => {
    const read = findNames(line, known, lead);
    lead = read.lead;
    return read.found.filter(({ likely }) => likely === undefined).map(({ from, to }) => line.slice(from, to));
  });
}

describe('what stands around a name speaks for it', () => {
  it.each([
    ['a closing on the line before', 'Kind regards,\n\nBukola', ['Bukola']],
    ['a title on the line before', 'Doctor\nBeatriz\nSalgado Prieto\nwas seen', ['Beatriz', 'Salgado Prieto']],
    ['a heading on the line before', 'PATIENT\nKOWALSKI\nMRN', ['KOWALSKI']],
    ['a title and its degree', 'Hausärztin Dr. med. Keane, Tel.', ['Keane']],
    ['who speaks', 'Padma: anyone on call', ['Padma']],
    ['who is spoken to', '@Fish ur pt is here', ['Fish']],
    ['a signature', '-- Marisol', ['Marisol']],
    ['a cell of a list', '03 | J. Delgado | NSTEMI', ['J. Delgado']],
    ['a family name and an initial in a cell', 'Screening log, line 7: Ricci, G., screen fail', ['Ricci, G']],
    ['whose parent somebody is', 'Parent of Walter: visit moved', ['Walter']],
    ['whose daughter calls', "Katherine's daughter called", ['Katherine']],
    ['what friends say', 'he prefers "Peggy"', ['Peggy']],
    ['a nickname in brackets', 'Camper: William (Bill) Kowalski', ['William (Bill) Kowalski']],
    ['a leader of dots', 'Given names ......... Rhys', ['Rhys']],
    ['the label of a part of a name', 'Surname: PRICE', ['PRICE']],
    ['a month that is a given name', 'Signed Jun Hasegawa, pager', ['Jun Hasegawa']],
    ['a family name in capitals before the given name', 'BELL Ruth / fasting since six', ['BELL Ruth']],
    ['small letters and a number', 'tran, linh 360677737', ['tran, linh']],
  ])('%s', (_, text, names) => expect(namesIn(text)).toEqual(names));

  it.each([
    ['a team that signs', 'Kind regards,\nThe Diabetes Team'],
    ['two eponyms joined by a hyphen', 'Bone age per Greulich-Pyle 11'],
    ['a score', 'PT: Tinetti 19/28'],
    ['a sickness called morbus', 'VG: M. Crohn, M. Bechterew'],
    ['a numeral at the end of a sentence', 'Schatzker V. Pilar amigdalino rojo'],
    ['a town and its state', 'Florence, AL 35630'],
    ['the next label of an empty form', 'Previous surname: ____ GROSS: received fresh'],
    ['a list of instruments', 'Senn, Freer, Cottle, Allison, Semb'],
    ['half of a word that is a title', 'Confirm by GC-MS. Wells 4.5'],
    ['a sentence after a title in full', 'about the near miss. Dot blot repeated'],
    ['a firm', 'pump returned to Owens & Minor'],
    ['criteria of a town', 'Criteri di Milano'],
    ['what is measured', 'Lynch exon 13, met, Gail 2.4 %'],
  ])('but for %s', (_, text) => expect(namesIn(text)).toEqual([]));
});

describe('a message that names somebody', () => {
  const ruleset = compilePacks(shippedPacks());
  const found = (body: string): string[] =>
    parseBody({ bytes: Buffer.from(body), elided: [] }).flatMap((parsed) =>
      detect(parsed, ruleset)
        .matches.filter(({ category }) => category === 'name')
        .map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
    );
  const message = (...segments: string[]): string =>
    ['MSH|^~\\&|A|B|C|D|20261124||ORU^R01|1|P|2.5.1', ...segments, ''].join('\r');

  it('in a field is known by that name in its texts', () => {
    const obr = 'OBR|1|||24323-8^X^LN||||||||||||1700000019^Raghunathan^Ileana';
    expect(found(message(obr, 'NTE|1||will see Raghunathan soon'))).toContain('Raghunathan');
    expect(found(message('NTE|1||will see Raghunathan soon'))).not.toContain('Raghunathan');
  });

  it('late in a text is known by that name where it stood before', () => {
    const lines = ['we asked Zwielinska about this', 'and then', 'Signed by Ileana Zwielinska, RN'];
    expect(found(lines.join('\n'))).toEqual(['Zwielinska', 'Ileana Zwielinska']);
    expect(found(lines.slice(0, 2).join('\n'))).toEqual([]);
    // What the last line leads to is no name at the head of a line that is read again.
    expect(found(['Grace period ended, Zwielinska said', 'Signed by Ileana Zwielinska, RN', 'Kind regards,'].join('\n'))).toEqual(
      ['Zwielinska', 'Ileana Zwielinska'],
    );
  });
});

describe('a label alone on a line', () => {
  const ruleset = compilePacks(shippedPacks());
  const found = (body: string): string[] =>
    parseBody({ bytes: Buffer.from(body), elided: [] }).flatMap((parsed) =>
      detect(parsed, ruleset).matches.map(
        ({ category, leaf, from, to }) => `${category} ${parsed.leaves.text(leaf).slice(from, to)}`,
      ),
    );

  it.each([
    ['MRN\n78412233\nseen', ['mrn 78412233']],
    ['Fax:\n(212) 555-0142\n', ['fax (212) 555-0142']],
    ['Glucose\n78412233\n', []],
  ])('says what the next line is: %j', (body, values) => expect(found(body)).toEqual(values));
});
