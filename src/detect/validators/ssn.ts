import { digitsOf, type Validator } from './validator.ts';

/**
 * Social Security Number: area 001–899 but 666, group 01–99, serial 0001–9999 (20 CFR 422.103; SSA POMS RM 10201.035). What was
 * never issued is rejected, but two kinds are kept at lower confidence, since silence would hide a leak:
 * - 9xx: an ITIN (group 50–65, 70–88, 90–92, 94–99), or 999-xx-xxxx as synthetic data makes them;
 * - numbers published as examples: 987-65-4320 to 4329, 078-05-1120, 219-09-9999, 123-45-6789.
 */
export const ssn: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 9) return 0;
  const area = Number(digits.slice(0, 3));
  const group = Number(digits.slice(3, 5));
  const serial = Number(digits.slice(5));
  if (area === 0 || area === 666 || group === 0 || serial === 0 || /^(\d)\1+$/.test(digits)) return 0;
  if (PUBLISHED.has(digits) || digits.startsWith('98765432')) return 0.4;
  if (area < 900) return 1;
  if (area === 999) return 0.6;
  return isItinGroup(group) ? 0.8 : 0.4;
};

const PUBLISHED = new Set(['078051120', '219099999', '123456789']);

/** Groups of Individual Taxpayer Identification Numbers (IRS Publication 1915). */
export function isItinGroup(group: number): boolean {
  return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) || group >= 94;
}
