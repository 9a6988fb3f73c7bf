/**
 * How much of a rule's confidence a value keeps: 0 rejects it, 1 accepts it, anything between lowers it (a number of a test range
 * is reported, but not as sure). Pure: the same text gives the same answer.
 */
export type Validator = (text: string) => number;

/** The decimal digits of a text, separators dropped. */
export function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '');
}
