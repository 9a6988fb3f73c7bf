import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { CordonError } from '../core/errors.ts';
import { COST, type ScryptCost } from './password-cost.ts';

/** NIST SP 800-63B-4 §3.1.1.2: at least 15 where the password is the only factor; the longest that is taken should be 64 or more. */
export const SHORTEST = 15;
export const LONGEST = 256;

const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** Each takes 128 MiB and a thread of libuv's pool: more at once would be a way to fill the memory. */
const AT_ONCE = 2;
const MOST_WAITING = 20;
let running = 0;
const waiting: (() => void)[] = [];

/** `scrypt$17$8$1$salt$hash`; costs are stored, so that raising them leaves old hashes readable. */
export async function hashPassword(password: string, cost: ScryptCost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return ['scrypt', Math.log2(cost.N), cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether a password is the one of a stored hash. `null`, for who has none, costs the same work and is never right, so that the time of an
 * answer does not tell who has an account. Throws `ledger.unavailable` where too many wait already.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const known = stored === null ? null : parse(stored);
  const { salt, key, cost } = known ?? { salt: NOBODY, key: Buffer.alloc(KEY_BYTES), cost: COST };
  const equal = timingSafeEqual(await derive(password, salt, cost), key);
  return equal && known !== null;
}

const NOBODY = Buffer.alloc(SALT_BYTES);

/** Whether a hash was made for less work than one that is made now. */
export function isOutdated(stored: string, cost: ScryptCost = COST): boolean {
  const known = parse(stored);
  return known === null || known.cost.N < cost.N || known.cost.r < cost.r || known.cost.p < cost.p;
}

const STORED = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

function parse(stored: string): { salt: Buffer; key: Buffer; cost: ScryptCost } | null {
  const [, log = '', r = '', p = '', salt = '', key = ''] = STORED.exec(stored) ?? [];
  if (key === '') return null;
  const cost = { N: 2 ** Number(log), r: Number(r), p: Number(p) };
  return { salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url'), cost };
}

async function derive(password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  await turn();
  try {
    return await scryptKey(password.normalize('NFKC'), salt, { N, r, p, maxmem: 256 * N * r });
  } finally {
    // Whoever waits takes this place over; were it given up in between, a third could slip in.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

async function turn(): Promise<void> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) {
      throw new CordonError('ledger.unavailable', 'too many people sign in at once: try again in a few seconds');
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
}

function scryptKey(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

const COMMON = [
  'password',
  'passwort',
  'letmein',
  'welcome',
  'iloveyou',
  'qwerty',
  'qwertz',
  'azerty',
  'asdfgh',
  'zxcvbn',
  'administrator',
  'admin',
  'changeme',
  'default',
  'secret',
  'hospital',
  'cordon',
  'abcdefghijklmnopqrstuvwxyz',
  'correcthorsebatterystaple',
];

/**
 * Why a password is not taken; null where it is. Length and what is guessed first, no rules of composition (NIST SP 800-63B-4 §3.1.1.2).
 */
export function passwordProblem(password: string, name: string): string | null {
  const text = password.normalize('NFKC');
  if ([...text].length < SHORTEST)
    return `A password has at least ${SHORTEST} characters: a few words that nobody would put together.`;
  if ([...text].length > LONGEST) return `A password has at most ${LONGEST} characters.`;
  if (isObvious(text.toLowerCase(), name.normalize('NFKC').toLowerCase())) {
    return 'This is among the first that somebody would guess: take a few words that nobody would put together.';
  }
  return null;
}

/** What is left when the words and runs that everybody tries are taken away is too short to be a password. */
function isObvious(text: string, name: string): boolean {
  let rest = text.replace(/[^\p{L}\p{N}]/gu, '');
  for (const word of [...name.split(/[^\p{L}\p{N}]+/u), ...COMMON]) if (word.length > 2) rest = rest.replaceAll(word, '');
  rest = rest.replace(/(.)\1{2,}/gu, '$1').replace(/0?123456789?0?|9?876543210?/g, '');
  const once = /^(.+?)\1+$/u.exec(rest)?.[1] ?? rest;
  return once.length < 8 || new Set(once).size < 5;
}
