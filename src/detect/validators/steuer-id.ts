import { digitsOf, type Validator } from './validator.ts';

/**
 * German tax identification number (AO § 139b; BZSt): eleven digits; among the first ten one digit stands twice or three times and no other
 * more than once; ISO 7064 MOD 11,10. A leading zero marks numbers for tests.
 */
export const steuerId: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 11) return 0;
  const counts = new Map<string, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || (repeated[0] ?? 0) > 3) return 0;
  if (!mod1110Holds(digits)) return 0;
  return digits.startsWith('0') ? 0.4 : 1;
};

/** ISO 7064 MOD 11,10: the last digit is the check digit. */
function mod1110Holds(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}
