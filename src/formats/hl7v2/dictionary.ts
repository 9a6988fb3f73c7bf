import { normaliseType } from './data-types.ts';
import { COMPOSITES, SEGMENTS } from './dictionary.generated.ts';

function table(rows: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    rows.split('\n').map((row) => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 1).split(',')];
    }),
  );
}

const fieldsOf = table(SEGMENTS);
const componentsOf = table(COMPOSITES);

/** Whether the standard knows the segment, in any version from 2.1 to 2.8 (`PRT` whatever MSH-12 says). */
export function isStandardSegment(segment: string): boolean {
  return fieldsOf.has(segment);
}

/** How many fields the standard gives a segment; 0 for a segment it does not know. */
export function fieldCount(segment: string): number {
  return fieldsOf.get(segment)?.length ?? 0;
}

/**
 * The data type of a field in Cordon's normalised set (`PID`, 5 → `XPN`; `PID`, 7 → `DTM`), the richest of all versions; empty
 * where the standard types nothing (Z segments, OBX-5, fields past the last).
 */
export function dataTypeOf(segment: string, field: number): string {
  return fieldsOf.get(segment)?.[field - 1] ?? '';
}

/** The component types of a composite (`HD` → `IS ST ID`); empty for a primitive or an unknown type. */
export function componentTypes(type: string): readonly string[] {
  return componentsOf.get(type) ?? [];
}

const PRIMITIVES: ReadonlySet<string> = new Set(['DTM', 'DT', 'TM', 'FT', 'TX', 'ST', 'NM', 'SI', 'IS', 'ID', 'GTS']);

/** A data type as a sender names it (OBX-2) in Cordon's set; empty when it is no data type of HL7 v2. */
export function knownType(name: string): string {
  const type = normaliseType(name);
  return PRIMITIVES.has(type) || componentsOf.has(type) ? type : '';
}

/**
 * Where a value stands in the type system. `component` and `subcomponent` are 0 where the value has no such delimiter:
 *
 * - a composite's whole field is its first component (`XPN`, 0, 0 → `XPN.1`), as HL7 v2 reads a field without delimiters;
 * - a component keeps its own place (`XPN.1`), its subcomponents go one deeper only where it is composite (`XPN.1.1`, `XPN.2`);
 * - every part of a primitive is that primitive (`TX` with stray delimiters is `TX`);
 * - what lies past the last component is untyped.
 */
export function typePath(type: string, component: number, subcomponent: number): string {
  const components = componentTypes(type);
  if (components.length === 0) return type;
  const place = Math.max(component, 1);
  const componentType = components[place - 1];
  if (componentType === undefined) return '';
  const parts = componentTypes(componentType).length;
  return subcomponent > 0 && subcomponent <= parts ? `${type}.${place}.${subcomponent}` : `${type}.${place}`;
}
