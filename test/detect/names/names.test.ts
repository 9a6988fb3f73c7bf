import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type FoundName, findNames } from '../../../src/detect/names/find.ts';
import { hashOf } from '../../../src/detect/names/letters.ts';
import { isPhrase, lexicon } from '../../../src/detect/names/lexicon.ts';
import { STRETCH } from '../../../src/detect/names/reader.ts';
import { CLEAN_TEXTS } from './clean-texts.ts';
import { HELD_OUT_CLEAN, HELD_OUT_TEXTS } from './held-out-texts.ts';
import { TRAIN_TEXTS } from './train-texts.ts';

interface Planted {
  readonly from: number;
  readonly to: number;
  readonly whose: string | undefined;
}

/** A text without its brackets, and where the names in them are. */
function readMarked(marked: string): { text: string; planted: Planted[] } {
  const planted: Planted[] = [];
  let text = '';
  let at = 0;
  for (const found of marked.matchAll(/\[\[(.*?)(?:\|([a-z]+))?\]\]/g)) {
    text += marked.slice(at, found.index);
    planted.push({ from: text.length, to: text.length + (found[1] ?? '').length, whose: found[2] });
    text += found[1] ?? '';
    at = found.index + found[0].length;
  }
  return { text: text + marked.slice(at), planted };
}

/** Without those that only their form makes likely (likely.test.ts). */
const find = (text: string): readonly FoundName[] =>
  findNames(text, new Map()).found.filter(({ likely }) => likely === undefined);
const namesIn = (text: string): string[] => find(text).map(({ from, to }) => text.slice(from, to));
const touches = (a: { from: number; to: number }, b: { from: number; to: number }): boolean => a.from < b.to && a.to > b.from;

/** Recall and precision over marked texts, a name counting as found where a finding touches it. */
function measure(marked: readonly string[]): { recall: number; precision: number } {
  let [planted, hit, found, right] = [0, 0, 0, 0];
  for (const each of marked) {
    const { text, planted: names } = readMarked(each);
    const got = find(text);
    planted += names.length;
    hit += names.filter((name) => got.some((one) => touches(one, name))).length;
    found += got.length;
    right += got.filter((one) => names.some((name) => touches(one, name))).length;
  }
  return { recall: hit / planted, precision: right / found };
}

describe('names in texts', () => {
  test.each([
    ['texts to tune by', TRAIN_TEXTS, 0.98],
    ['texts that were held out', HELD_OUT_TEXTS, 0.95],
  ])('are found in %s', (_what, texts, least) => {
    const { recall, precision } = measure(texts);
    expect(recall).toBeGreaterThanOrEqual(least);
    expect(precision).toBeGreaterThanOrEqual(0.98);
  });

  test.each([
    ['sentences to tune by', CLEAN_TEXTS],
    ['sentences that were held out', HELD_OUT_CLEAN],
  ])('are hardly ever seen in %s, which have none', (_what, texts) => {
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.flatMap(namesIn).length / texts.length).toBeLessThanOrEqual(0.01);
  });

  it('are whose the words around say', () => {
    const wrong = TRAIN_TEXTS.flatMap((marked) => {
      const { text, planted } = readMarked(marked);
      const got = find(text);
      return planted
        .filter((name) => name.whose !== undefined && got.find((one) => touches(one, name))?.whose !== name.whose)
        .map(() => text);
    });
    expect(wrong).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['Foley catheter, Babinski sign, Kerley B lines', []],
    ['Jackson Pratt drain; Salter Harris II; Bence Jones protein', []],
    ['Jane Foley was seen', ['Jane Foley']],
    ['Mrs. White is stable', ['White']],
    ['WHITE COUNT IS UP', []],
    ['Dr. Wilson noted Wilson disease', ['Wilson']],
    ['Mary Greeley Medical Center', []],
    ['seen by Mary Greeley at the clinic', ['Mary Greeley']],
    ['Virginia and Georgia are states', []],
    ['daughter Virginia called', ['Virginia']],
    ['will repeat in April or May', []],
    ['Camila refilled', []],
    ['his wife Camila called', ['Camila']],
    ['DOE^JANE^Q', ['DOE^JANE^Q']],
    ['Detected^SCT and LN^LOINC', []],
    ['Mr. van den Heuvel slept', ['van den Heuvel']],
    ['Abe604 Frami345 is a 34 year-old male', ['Abe604 Frami345']],
    ['MR ANGIOGRAM and MS CONTIN', []],
    ['called mr thompson', ['thompson']],
    ['J. Okafor and S. aureus', ['J. Okafor']],
    ['History of Laurence suction. Laurence and Barrett signs', []],
    ['Told that Laurence is better', ['Laurence']],
    ['Cyst not seen. LAURENCE DRAINING', []],
    ['Class 3B. Laurence and Barrett signs', []],
    ['Updated by PT. CAPLAN DRAINING', []],
    ['Baxter Lou Gehrig retractor, Baxter Legg-Calve-Perthes clamp', []],
    ['treated for Prader-Willi by diet', []],
    // Relatives, lists of them, and what they are called.
    ['Her sons Malik and Keoni visit', ['Malik', 'Keoni']],
    ['She has three children: Malia (12), Keoni (9) and Leilani (4).', ['Malia', 'Keoni', 'Leilani']],
    ['Spoke with daughter-in-law Meena.', ['Meena']],
    ['spouse/Delroy updated', ['Delroy']],
    ['the man goes by Bud at home', ['Bud']],
    ['Preferred name: Dot', ['Dot']],
    ['FAMILY MEMBER DESHAWN NOTIFIED', ['DESHAWN']],
    // What a form has beside a name.
    ['WOJTKIEWICZ, ZBIGNIEW DOB 04/11/1951', ['WOJTKIEWICZ, ZBIGNIEW']],
    ['Surname MACGILLIVRAY Forenames HAMISH IAN', ['MACGILLIVRAY', 'HAMISH IAN']],
    ['patient name is john kowalczyk spelled', ['john kowalczyk']],
    ['this is dictation on harriet bloomfield date of birth', ['harriet bloomfield']],
    ['Bell 09/16/1944', ['Bell']],
    ['Le 1944/02/03', ['Le']],
    ["his wife Gretel's cell is off", ['Gretel']],
    ['drove in from Old Fort. Travis says so', ['Travis']],
    ['Wall March 25th, 2003', ['Wall']],
    ['Le 11 July 1953', ['Le']],
    ['St. Clair December 24th, 1999', ['St. Clair']],
    ['Patient name: Jennifer St. Clair', ['Jennifer St. Clair']],
    ['Foley 12 June 2024 changed', []],
    ['Bell 09/16/1944 palsy noted', []],
    ['PT SHAUNDRELLE MCKINNON ARRIVED', ['SHAUNDRELLE MCKINNON']],
    ['PCP Lubomirska', ['Lubomirska']],
    ['Transcribed: P. Raghunathan 12:04', ['P. Raghunathan']],
    ['Kontrol ved R. Kuipers', ['R. Kuipers']],
    ['A. Kcentra\nB. Entyvio; hepatitis C. Harvoni', []],
    ['will d/w Kuipers tomorrow', ['Kuipers']],
    // Other languages, their cues and their words.
    ['Moglie Concetta', ['Concetta']],
    ['Córka [Agata] i syn Bartosz powiadomieni', ['Agata', 'Bartosz']],
    ['Achternaam: Zijlstra Voornaam: Tineke', ['Zijlstra', 'Tineke']],
    ['Pårørende: Ingunn Halvorsen', ['Ingunn Halvorsen']],
    ['Enfermera: Yolanda Prats', ['Yolanda Prats']],
    ['Sehr geehrte Damen und Herren, sehr geehrte Kolleginnen,', []],
    ['Chère Consœur, cher Confrère, Madame, Monsieur. Bien cordialement.', []],
    ['Nach Gabe von Novalgin Besserung', []],
    // Units, makers and signs at the seams of sentences.
    ['Bair Hugger at 43 C. Turner syndrome', []],
    ['Schatzker V. Mayo stand', []],
    ['grade V. Roche Elecsys calibrated', []],
    ['within 10 d. Pierce the balloon', []],
    ['resectoscope 26 Fr. Snellen 20/40', []],
    ['Richard Wolf resectoscope, Karl Storz telescope, Edwards Sapien valve', []],
    ['Lake Charles, Jackson and Austin', []],
    ['Aunt Jemima syrup', []],
    ['S. Epidermidis Isolated', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));

  it('are known alone once a message has given them', () => {
    const known = new Map();
    findNames('Patient: Chidinma Okwuosa', known);
    expect(findNames('When Okwuosa arrived', known).found.map(({ whose }) => whose)).toEqual(['patient']);
    expect(findNames('When Okwuosa arrived', new Map()).found).toEqual([]);
  });
});

const GIVEN = ['Jane', 'Miguel', 'Aaliyah', 'Siobhán', 'Wei', 'Mary-Jane', 'José', 'Priyanka', 'Björn'];
const FAMILY = ['Okafor', 'García', "O'Brien", 'Nguyen', 'van der Berg', 'Smith-Jones', 'McAllister', 'Kowalski', 'Müller'];
const AROUND = fc.constantFrom('', ' ', '\n', '. ', ', ', ' (', '"', ': ', '; ', ' - ', '\t', '\r\n', ' 12/03 ', '…');
const CASES = [(name: string) => name, (name: string) => name.toUpperCase()];

describe('a name that is planted', () => {
  it('is found whatever stands around it, its order and its case', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GIVEN),
        fc.constantFrom(...FAMILY),
        fc.constantFrom('Patient ', 'Spoke with ', 'Name: ', 'Dictated by ', 'his wife ', 'Dr. '),
        fc.boolean(),
        fc.constantFrom(...CASES),
        AROUND,
        AROUND,
        (given, family, cue, reversed, style, ahead, behind) => {
          const name = style(reversed ? `${family}, ${given}` : `${given} ${family}`);
          const text = `the plan was reviewed${ahead}${ahead === '' ? ' ' : ''}${cue}${name}${behind === '' ? ' ' : behind}and nothing else`;
          const at = text.indexOf(name);
          return find(text).some((one) => touches(one, { from: at, to: at + name.length }));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is found on either side of where a long text is cut', () => {
    for (let before = STRETCH - 30; before < STRETCH + 10; before++) {
      const text = `${'word '.repeat(Math.ceil(before / 5)).slice(0, before)} Mrs. Jane Okafor was seen. ${'word '.repeat(200)}`;
      expect(namesIn(text)).toEqual(['Jane Okafor']);
    }
  });
});

describe('what is reported', () => {
  it('lies in the text, in order, and begins and ends with a letter or what belongs to a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom(...TRAIN_TEXTS), (noise, marked) => {
        const { text } = readMarked(marked);
        const whole = noise + text + noise;
        let last = 0;
        for (const { from, to, factor } of find(whole)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(whole.length);
          expect(whole.slice(from, to)).toMatch(/^\p{L}[^\n]*[\p{L}\p{M}\d]$|^\p{L}$/su);
          expect(factor).toBeGreaterThan(0);
          expect(factor).toBeLessThanOrEqual(1);
          last = to;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the lexicon', () => {
  it('knows a word whatever its case and accents', () => {
    expect(hashOf('García')).toBe(hashOf('GARCIA'));
    expect(hashOf("O'Brien")).toBe(hashOf('obrien'));
    expect(hashOf('Weiß')).toBe(hashOf('WEISS'));
    expect(lexicon().get(hashOf('Garcia')) & 0xf).toBeGreaterThan(0);
    expect(lexicon().get(hashOf('Qxzzyv'))).toBe(0);
  });

  it('knows phrases that are things', () => {
    expect(isPhrase(hashOf('Johns'), hashOf('Hopkins'))).toBe(true);
    expect(isPhrase(hashOf('Jane'), hashOf('Hopkins'))).toBe(false);
  });
});
