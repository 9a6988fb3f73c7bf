/**
 * How much of a rule's confidence a value keeps: 0 rejects it, 1 accepts it, anything between lowers it (a number of a test range
 * is reported, but not as sure). Pure: the same text gives the same answer.
 */
export type Validator = (text: string) => number;

/** The decimal digits of a text, separators dropped. */
export function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '');
}

/** Letters and digits in upper case, separators dropped: what a checksum is worked out over. */
export function charactersOf(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** The sum of the digits times their weights; digits past the last weight do not count. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0);
}

/** One digit all over: what people type where they have no number. */
export function isOneDigit(digits: string): boolean {
  return /^(\d)\1*$/.test(digits);
}
