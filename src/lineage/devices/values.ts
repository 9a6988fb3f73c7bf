import type { Parsed } from '../../core/format.ts';
import { PERSON_SUBJECTS } from '../../core/vocabulary.ts';
import type { Detection } from '../../detect/match.ts';
import { isPlaceholder } from '../../formats/hl7v2/placeholders.ts';
import { suspectOf } from '../../policy/suspect.ts';
import type { DeviceAttributeName, DeviceValue } from './device.ts';

/** Longer than any serial or model (DICOM LO holds 64); a UDI carrier may hold a whole label. */
const LONGEST: Partial<Record<DeviceAttributeName, number>> = { udi: 200, certificate: 256 };
const LONG = 64;
/** Control, format, private and unassigned characters, line separators. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;
/** A Social Security number as it is written, or an address of mail: whatever field it is in, no equipment has one. */
const PERSONAL = /^\d{3}[- ]\d{2}[- ]\d{4}$|@/;
const NO_NAMES: ReadonlySet<string> = new Set();

/** The text of a leaf as a value of a device; empty where it is none. */
export type ReadValue = (leaf: number, name: DeviceAttributeName) => string;

/**
 * Reads values of devices out of a message. A leaf in which a rule found an identifier of a person is not read, and no value that echoes what the
 * message says of its people: a field that was misused for a patient must not make a device of them. Fillers, what is too long
 * and what cannot be printed are no values either.
 */
export function valueReader(parsed: Parsed, detection: Detection): ReadValue {
  const personal = new Set<number>();
  for (const { leaf, subject } of detection.matches) if (PERSON_SUBJECTS.has(subject)) personal.add(leaf);
  // Names that policies use count for nothing here: a policy is no reason to keep what is a patient's.
  const isSuspect = suspectOf(parsed, detection, NO_NAMES);
  // A report names its device with each of its values.
  const known = new Map<string, string>();
  return (leaf, name) => {
    if (personal.has(leaf)) return '';
    const text = parsed.leaves.text(leaf);
    const key = `${name} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = usable(text, name);
    const kept = value === '' || isSuspect(value) ? '' : value;
    known.set(key, kept);
    return kept;
  };
}

/** The text without blanks at its ends; empty where it says nothing of a device. */
export function usable(text: string, name: DeviceAttributeName): string {
  const value = text.trim();
  if (value.length > (LONGEST[name] ?? LONG) || UNPRINTABLE.test(value) || PERSONAL.test(value)) return '';
  // Beds and rooms are numbered from 1: one digit says something there. HL7's null (2.A) does not.
  if (name === 'bed') return value === '""' ? '' : value;
  return isPlaceholder(value) ? '' : value;
}

/** Values by name, each once; the first that is said counts for `of`. */
export interface Values {
  add(name: DeviceAttributeName, value: string, source: string): void;
  /** Empty where nothing is said. */
  of(name: DeviceAttributeName): string;
  list(): readonly DeviceValue[];
}

export function createValues(): Values {
  const values: DeviceValue[] = [];
  return {
    add(name, value, source) {
      if (value === '' || values.some((known) => known.name === name && known.value === value)) return;
      values.push({ name, value, source });
    },
    of: (name) => values.find((each) => each.name === name)?.value ?? '',
    list: () => values,
  };
}
