import { describe, expect, test } from 'vitest';
import type { Known } from '../../../src/detect/names/evidence.ts';
import { NOTHING } from '../../../src/detect/names/evidence.ts';
import { findNames } from '../../../src/detect/names/find.ts';

/** The names in a text, line by line as plain text is read. */
function namesIn(text: string): string[] {
  const known: Known = new Map();
  let lead = NOTHING;
  return text.split('\n').flatMap((line) => {
    const read = findNames(line, known, lead);
    lead = read.lead;
    return read.found.map(({ from, to }) => line.slice(from, to));
  });
}

describe('after a title', () => {
  test.each<[string, string[]]>([
    ['Good morning Mr. Karpoosis. Per the guideline', ['Karpoosis']],
    ['Not copied to Mrs Sin Hartley.', ['Sin Hartley']],
    ['Ce jour Mme Cabirous, le 12', ['Cabirous']],
    ['Mr Lindow Karpoosis has come. Karpoosis is well', ['Lindow Karpoosis', 'Karpoosis']],
    ['Bed 5  Mr W (full name to follow)', ['W']],
    ['Mme D. demande un lit', ['D']],
    ['Sr Q.B.T. dormindo', ['Q.B.T']],
    ['Her late husband J.T. worked there', ['J.T']],
    ['Client W.K., seen today', ['W.K']],
    ['the letter never came (J.U., dob 4.6.71)', ['J.U']],
    ['Subject no. 7, initials BTW. Signed', ['BTW']],
    ['nurse initials RN, initials and date, staff initials OD', []],
    ['Rosary left with Nurse.\nDRUCKER STATION SUED OFFLINE', []],
    ['MR VENOGRAM, MR T2 and MS ATAXIA. Near Miss Reporting. Mr and Mrs. Mr. X', []],
    ['her father G.I. bleed, mother I.V. drugs, patient N.P.O., client P.O. intake', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('what somebody is called', () => {
  test.each<[string, string[]]>([
    ['the man, who goes by "Tink," drove', ['Tink']],
    ['known as \u201cSkip\u201d to his friends', ['Skip']],
    ['calling for "Alf" all night', ['Alf']],
    ['keeps asking for \u2018Nettie\u2019 (wife, died)', ['Nettie']],
    ['LOFTHOUSE, Brendan   aka "Bez" / "Lofty Dean"', ['LOFTHOUSE, Brendan', 'Bez', 'Lofty Dean']],
    ['friends call her "Midge"', ['Midge']],
    ['answers to "Squeak"', ['Squeak']],
    ['everybody calls him Tad.', ['Tad']],
    ['clement barrowby everyone says clem. card 1', ['clem']],
    ['0910 cat 3  "Jaz" = Corin Hebbledale fell', ['Jaz', 'Corin Hebbledale']],
    ['Other resident: Reginald ("Reg") Moss, and by the window that Reg thinks is his', ['Reginald', 'Reg', 'Reg']],
    ['PT GOES BY BUD. WIFE HERE', ['BUD']],
    ['heparin aka "Blood Thinner", the plan called "Sepsis Six"', []],
    ['asking for "Comfort Care" and "DNR"; goes by protocol; everyone says no', []],
    ['"Plan" = Follow Up, calling for "Help" and calling for "Mom"', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('the name of a room', () => {
  test.each<[string, string[]]>([
    ['Otoscope wall set in Room Jasper, transformer hums', []],
    ['Sim Room Florence: lung left leaks', []],
    ['Inventaire Pavillon Victor Hugo, écart 3', []],
    ['Respirador en Sala Esperanza, falla de celda', []],
    ['low alarm in bay Faith, limits too tight', []],
    // A family name in Italy, and a man in Turkey.
    ['Paziente: Sala Paolo, nato 1962', ['Sala Paolo']],
    ['Bay Ahmet geldi', ['Ahmet']],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('a given name of two', () => {
  test.each<[string, string[]]>([
    ['From: Truong, Mai-Linh   tonight', ['Truong, Mai-Linh']],
    ['Good morning Mai-Linh, please STOP the Bactrim', ['Mai-Linh']],
    ['seen with May-Britt Olsen', ['May-Britt Olsen']],
    ['May-Thurner and Mai-Tai', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('a term that is a name in this text', () => {
  test.each<[string, string[]]>([
    ['husband Stan wrote it down. Later and Stan said no', ['Stan', 'Stan']],
    ['Stan said no', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('in a list that is kept by hand', () => {
  test.each<[string, string[]]>([
    ['B1  Hargreaves P. 71 COPD', ['Hargreaves P']],
    ['A3  mabel crumbleholme, 91, hx falls', ['mabel crumbleholme']],
    ['B4  Adeyemi - NEWS 3', ['Adeyemi']],
    ['C2  Mayo, 66?? no', ['Mayo']],
    ['bed 7 Kowalczyk - home today', ['Kowalczyk']],
    ['1315 cat 4  Pham L. F 6 splinter', ['Pham L']],
    ['1319 cat 2  mcDONNELL, Fern, dizzy', ['mcDONNELL, Fern']],
    ['1406 cat 4  Carlton B 15 - football', ['Carlton B']],
    ['1433 cat 3  Young, Bao Lin - tourist', ['Young, Bao Lin']],
    ['1440 cat 3  Ahmadi - foot', ['Ahmadi']],
    ['1422 cat 4  baby Hadley 9/52 T 38.4', ['Hadley']],
    ['5   | Bo Lindqvist | 31 | Weber B ankle |', ['Bo Lindqvist']],
    ['8   | June Sharp   | 85 | pubic rami', ['June Sharp']],
    ['1 | VAN DER MERWE, P | 12.4.61 | z', ['VAN DER MERWE, P']],
    ['3 | Normal Saline | 50 | ml, x | Weber B | 31 | y', []],
    ['002 0019 2  cp x 2h rad l arm 61m hargreaves d mrn20071934 ecg', ['hargreaves d']],
    ['bed 1  nguyen, thi bich  ur 0883914 f 58', ['nguyen, thi bich']],
    ['bed 5  summer jane lockyer   ur  #1190452  19f', ['summer jane lockyer']],
    ['bed 6 papadimitriou ur 0429960  m 94', ['papadimitriou']],
    ['012 0151 3  rash after amox. faith 8f. hives', ['faith']],
    ['017 0233 2  hazel quirke 79f slurred; marisol 3f', ['hazel quirke', 'marisol']],
    ['driver, lemieux, marc-andré dob 1989 07 02', ['lemieux, marc-andré']],
    ['walked 10m, chest pain 40f, give 5m, mark 5m, rule out mi 61m, hgb 9 m', []],
    ['B1  Thiamine 100 mg', []],
    ['B6  Foley - in, C5  Murphy sign, T4  Free - 12', []],
    ['0910 cat 3  Chest pain - 40 F', []],
    ['bed 4 Storz - tower, room 2 Olympus, 180', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('whose relative somebody is', () => {
  test.each<[string, string[]]>([
    ['avisar a: Rufino (marido)', ['Rufino']],
    ['92-årig kvinna, änka efter Sixten (avled 2021)', ['Sixten']],
    ['verheiratet mit Anke seit 1990', ['Anke']],
    ['– matkę, p. Bronisławę Zalewską (lat 88)', ['Bronisławę Zalewską']],
    ["drove from her brother's place (Fabrizio, by the lake)", ['Fabrizio']],
    ["went home with wife 'Mele.", ['Mele']],
    ['Your sister Sin, who lives in town', ['Sin']],
    ['NOK son Con on his way', ['Con']],
    ['My father is unwell. My sister\nPhilomena in Boston is ready', ['Philomena']],
    ['you are related to the Penhaligon family of', ['Penhaligon']],
    ['the Nolan family were told', ['Nolan']],
    ['Take care Bella, take care May!', ['Bella', 'May']],
    ['came with his daughter in law bronagh. copy to son in law barry at', ['bronagh', 'barry']],
    ['mailed to the house next door (neighbor, r. goolsby)', ['r. goolsby']],
    ['poa = niece wai-ling', ['wai-ling']],
    ['Wife Marguerite ("Peg") played', ['Marguerite', 'Peg']],
    ['sister in law well, known as lung cancer', []],
    ['her mother Not at home, wife In agreement, his mother No fever', []],
    ['the Flavivirus family, the Cooper family medicine practice, the Wilson family history', []],
    ["at the patient's home (Monday, Tuesday), sister\nNo fever", []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('after a label', () => {
  test.each<[string, string[]]>([
    ['Re:  Orla Ní Bhraonáin (also on your system', ['Orla Ní Bhraonáin']],
    ["Nom de naissance : VAUCHELLE     Nom d'usage : X", ['VAUCHELLE']],
    ['Pt Hamid R. seen in the clinic today', ['Hamid R']],
    ['GALLAGHER-REID, Kieran Heath   seen', ['GALLAGHER-REID, Kieran Heath']],
    ['REID, Kieran May be seen', ['REID, Kieran']],
    ['GALLAGHER-BLAKE, Kieran   seen', ['GALLAGHER-BLAKE, Kieran']],
    ['HARTIGAN-BLAKE, Corin Lee   seen', ['HARTIGAN-BLAKE, Corin Lee']],
    ['Name: ABSENT, Nom : NÉANT', []],
    ['Watson-Schwartz, Hoesch', []],
    ['Previous surname: ____ Young female, long history', []],
    ['Previous surname: __Young__ first name: Mary', ['Young', 'Mary']],
    ['freezer minus 80, Shelf B. Fitzpatrick approved; gate C. Kruskal-Wallis', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('in chat and mail', () => {
  test.each<[string, string[]]>([
    ['[19:03] leafy_83: rosalind karpoosis, april 11 82. its about', ['rosalind karpoosis']],
    ['From: doreen mclafferty <doreen1961@mail.example>', ['doreen mclafferty']],
    ['From: lab results <noreply@mail.example>, to: all staff <a@b.example>', []],
    ['I look forward to hearing from you about all of this.\nDoreen', ['Doreen']],
    ['I look forward to hearing from you about all of this.\nVirginia\nCamila 28 tabs\nPlan', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));

  test('a name once given is known in brackets', () => {
    expect(namesIn('his wife Leilani is here\nlist texted to 0491 570 156 (leilani), she knows (ask)')).toEqual([
      'Leilani',
      'leilani',
    ]);
  });

  test('a family name once given is known in small letters', () => {
    expect(namesIn('[19:03] x: rosalind karpoosis, april 11 82\n[19:05] x: raymond karpoosis is his name')).toEqual([
      'rosalind karpoosis',
      'raymond karpoosis',
    ]);
  });
});
