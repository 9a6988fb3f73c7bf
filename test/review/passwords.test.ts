import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { COST } from '../../src/review/password-cost.ts';
import { hashPassword, isOutdated, LONGEST, passwordProblem, verifyPassword } from '../../src/review/passwords.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const GOOD = 'nine lamps under the jetty';

describe('a stored password', () => {
  it('is a salted scrypt hash with its costs, which OWASP names', async () => {
    expect(COST).toEqual({ N: 131_072, r: 8, p: 1 });
    const [one, two] = await Promise.all([hashPassword(GOOD, CHEAP), hashPassword(GOOD, CHEAP)]);
    expect(one).toMatch(/^scrypt\$10\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain('lamps');
    expect([await verifyPassword(GOOD, one), await verifyPassword(`${GOOD} `, one)]).toEqual([true, false]);
  });

  it('is the same however its accents are encoded', async () => {
    const stored = await hashPassword('zoë’s nine lamps'.normalize('NFD'), CHEAP);
    expect(await verifyPassword('zoë’s nine lamps'.normalize('NFC'), stored)).toBe(true);
  });

  it('is outdated when a hash costs more by now', async () => {
    const stored = await hashPassword(GOOD, CHEAP);
    expect([isOutdated(stored), isOutdated(stored, CHEAP), isOutdated('md5$x')]).toEqual([true, false, true]);
  });

  it('of nobody is never right', async () => {
    expect(await verifyPassword('', null)).toBe(false);
    expect(await verifyPassword(GOOD, 'not a hash')).toBe(false);
  });

  it('is not worked on without end: who comes when too many wait is asked to come again', async () => {
    const stored = await hashPassword(GOOD, CHEAP);
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => verifyPassword(GOOD, stored)));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(18);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(CordonError);
    expect(await verifyPassword(GOOD, stored)).toBe(true);
  });
});

describe('a new password', () => {
  it.each([GOOD, '7392 0481 5526 9170', 'Ωμέγα-στον-κήπο-μου', 'x9#Kq2!vLp8@Zr4m'])('is taken: %s', (password) => {
    expect(passwordProblem(password, 'dana')).toBeNull();
  });

  it.each([
    'short enough',
    'passwordpassword',
    'PASSWORD123456789',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345678',
    'qwertyqwerty12345',
    'dana.lee.dana.lee.1',
    'hospital hospital 1',
    'correct horse battery staple',
    'x'.repeat(LONGEST + 1),
  ])('is refused with what to do instead: %s', (password) => {
    expect(passwordProblem(password, 'Dana Lee')).toMatch(/^(A password has at|This is among the first)/);
  });
});
