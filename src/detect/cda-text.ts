import { NUMBER_TYPES, TEXT_TYPES } from '../formats/xml/types.ts';
import type { Dotted } from './dotted.ts';
import type { Scope } from './places.ts';

/** What XML says of its own vocabulary (Namespaces in XML 1.0 §2, XML Schema Part 1 §2.6.3) and of its version. */
const OF_SCHEMA = /^@(?:xmlns|schemaLocation|noNamespaceSchemaLocation|\w*[vV]ersion)$/;

/** How free the text of a leaf of XML is: narrative, encapsulated data and whatever no schema types, against codes, numbers, and what a rule claims by place. */
export function cdaScope({ path, type }: Dotted): Scope {
  if (OF_SCHEMA.test(path.at(-1) ?? '')) return 'typed';
  return TEXT_TYPES.has(type.join('.')) ? 'text' : 'typed';
}

export function isCdaNumber({ type }: Dotted): boolean {
  return NUMBER_TYPES.has(type.join('.'));
}
