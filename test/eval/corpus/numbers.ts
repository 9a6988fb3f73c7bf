import type { Random } from '../../../src/demo/random.ts';

/** Numbers with the check digits that their issuers give them. All are made up. */

export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 9)).join('');
}

/** `#` becomes a digit, `2` one from 2 to 9 where it opens a pattern of an area. */
export function fillPattern(random: Random, pattern: string): string {
  return pattern.replace(/2##|#/g, (hit) =>
    hit === '#' ? String(random.int(0, 9)) : `${random.int(2, 9)}${random.int(0, 8)}${random.int(2, 9)}`,
  );
}

/** Area 1–665 but 900s, no group 00, no serial 0000 (SSA POMS RM 10201). */
export function ssn(random: Random): string {
  const area = String(random.int(101, 665)).padStart(3, '0');
  return `${area}-${String(random.int(1, 99)).padStart(2, '0')}-${String(random.int(1, 9999)).padStart(4, '0')}`;
}

const MBI_LETTERS = 'ACDEFGHJKMNPQRTUVWXY';

/** Medicare beneficiary identifier, eleven characters, with or without its hyphens. */
export function mbi(random: Random, hyphens: boolean): string {
  const letter = (): string => random.pick([...MBI_LETTERS]);
  const either = (): string => random.pick([...MBI_LETTERS, ...'0123456789']);
  const groups = [`${random.int(1, 9)}${letter()}${either()}${random.int(0, 9)}`, `${letter()}${either()}${random.int(0, 9)}`];
  return [...groups, `${letter()}${letter()}${digits(random, 2)}`].join(hyphens ? '-' : '');
}

function luhn(number: string): number {
  let sum = 0;
  [...number].reverse().forEach((digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return (10 - (sum % 10)) % 10;
}

/** National provider identifier: Luhn over 80840 and nine digits. */
export function npi(random: Random): string {
  const base = `1${digits(random, 8)}`;
  return `${base}${luhn(`80840${base}`)}`;
}

/** DEA registration: two letters and seven digits. */
export function dea(random: Random): string {
  const base = digits(random, 6);
  const at = (index: number): number => Number(base[index]);
  const sum = at(0) + at(2) + at(4) + 2 * (at(1) + at(3) + at(5));
  return `${random.pick([...'ABFM'])}${random.pick([...'BDHKLMST'])}${base}${sum % 10}`;
}

/** Weighted sum modulo 11 with weights falling from `from`; null where no digit fits. */
function mod11(base: string, from: number): number | null {
  const sum = [...base].reduce((total, digit, index) => total + Number(digit) * (from - index), 0);
  const check = 11 - (sum % 11);
  return check === 11 ? 0 : check === 10 ? null : check;
}

function withMod11(random: Random, base: () => string): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const number = base();
    const check = mod11(number, 10);
    if (check !== null) return `${number}${check}`;
  }
  throw new RangeError(`no number of ${random.next()} got a check digit`);
}

export function nhs(random: Random): string {
  const number = withMod11(random, () => `${random.int(4, 7)}${digits(random, 8)}`);
  return random.chance(0.7) ? `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}` : number;
}

/** Scotland's community health index: birth date and four digits. */
export function chi(random: Random, born: string): string {
  return withMod11(random, () => `${born.slice(6, 8)}${born.slice(4, 6)}${born.slice(2, 4)}${digits(random, 3)}`);
}

/** German tax number: ISO 7064 mod 11, 10; one digit twice. */
export function steuerId(random: Random): string {
  const pool = [...'0123456789'].sort(() => random.next() - 0.5);
  if (pool[0] === '0') pool.push(pool.shift() ?? '');
  const base = [...pool.slice(0, 9), pool[3] ?? '1'].join('');
  let product = 10;
  for (const digit of base) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return `${base}${(11 - product) % 10}`;
}

/** French social security number with its key. */
export function insee(random: Random, born: string, sex: 'F' | 'M'): string {
  const base = `${sex === 'M' ? 1 : 2}${born.slice(2, 6)}${String(random.int(1, 95)).padStart(2, '0')}${digits(random, 6)}`;
  const key = String(97 - Number(BigInt(base) % 97n)).padStart(2, '0');
  return random.chance(0.5)
    ? `${base}${key}`
    : `${base.slice(0, 1)} ${base.slice(1, 3)} ${base.slice(3, 5)} ${base.slice(5, 7)} ${base.slice(7, 10)} ${base.slice(10)} ${key}`;
}

export function dni(random: Random): string {
  const base = digits(random, 8);
  return `${base}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(base) % 23] ?? ''}`;
}

/** Dutch citizen number: weights 9 to 2 and -1 modulo 11. */
export function bsn(random: Random): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = `${random.int(1, 9)}${digits(random, 7)}`;
    const check = [...base].reduce((total, digit, index) => total + Number(digit) * (9 - index), 0) % 11;
    if (check < 10) return `${base}${check}`;
  }
  throw new RangeError('no BSN got a check digit');
}

export function pesel(random: Random, born: string): string {
  const month = Number(born.slice(4, 6)) + (born.startsWith('20') ? 20 : 0);
  const base = `${born.slice(2, 4)}${String(month).padStart(2, '0')}${born.slice(6, 8)}${digits(random, 4)}`;
  const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
  const sum = [...base].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  return `${base}${(10 - (sum % 10)) % 10}`;
}

export function personnummer(random: Random, born: string): string {
  const base = `${born.slice(2)}${digits(random, 3)}`;
  return `${random.chance(0.5) ? born.slice(0, 2) : ''}${born.slice(2)}-${base.slice(6)}${luhn(base)}`;
}

const VIN_CHARACTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const VIN_VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH']
    .map((letter, index) => [letter, index + 1] as const)
    .concat(
      [...'JKLMN'].map((letter, index) => [letter, index + 1] as const),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((letter, index) => [letter, index + 2] as const),
      [...'0123456789'].map((digit) => [digit, Number(digit)] as const),
    ),
);
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Vehicle identification number (49 CFR 565.15). */
export function vin(random: Random): string {
  const characters = [
    random.pick(['1', '2', '3', '5', 'J', 'W']),
    ...Array.from({ length: 16 }, () => random.pick([...VIN_CHARACTERS])),
  ];
  for (let at = 12; at < 17; at++) characters[at] = String(random.int(0, 9));
  const sum = characters.reduce((total, character, index) => total + (VIN_VALUES[character] ?? 0) * (VIN_WEIGHTS[index] ?? 0), 0);
  characters[8] = sum % 11 === 10 ? 'X' : String(sum % 11);
  return characters.join('');
}

/** Unique device identification as GS1 prints it: device, lot, serial. */
export function udi(random: Random): string {
  const base = `0${digits(random, 12)}`;
  const sum = [...base].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `(01)${base}${(10 - (sum % 10)) % 10}(10)${digits(random, 6)}(21)${digits(random, 7)}`;
}

export function eui64(random: Random): string {
  return `00${Array.from({ length: 14 }, () => random.pick([...'0123456789ABCDEF'])).join('')}`;
}

/** A UID under 2.25 (a UUID as a number) or under a made-up root. */
export function uid(random: Random): string {
  return random.chance(0.3)
    ? `2.25.${random.int(1, 9)}${digits(random, 37)}`
    : `1.2.826.0.1.3680043.8.${random.int(100, 999)}.${random.int(1, 99)}.${random.int(1, 99999)}.${random.int(1, 9)}${digits(random, 8)}`;
}
