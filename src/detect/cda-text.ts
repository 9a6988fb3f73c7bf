import { NUMBER_TYPES, TEXT_TYPES } from '../formats/xml/types.ts';
import type { Dotted } from './dotted.ts';
import type { Scope } from './places.ts';

/** How free the text of a leaf of XML is: narrative, encapsulated data and whatever no schema types, against codes, numbers, and what a rule claims by place. */
export function cdaScope({ type }: Dotted): Scope {
  return TEXT_TYPES.has(type.join('.')) ? 'text' : 'typed';
}

export function isCdaNumber({ type }: Dotted): boolean {
  return NUMBER_TYPES.has(type.join('.'));
}
