import type { Parsed } from '../../core/format.ts';
import { PERSON_SUBJECTS } from '../../core/vocabulary.ts';
import type { Detection } from '../../detect/match.ts';
import { isPlaceholder } from '../../formats/hl7v2/placeholders.ts';
import type { Suspect } from '../../policy/observe.ts';
import type { DeviceAttributeName, DeviceValue } from './device.ts';

/** Longer than any serial or model (DICOM LO holds 64); a UDI carrier may hold a whole label. */
const LONGEST: Partial<Record<DeviceAttributeName, number>> = { udi: 200, certificate: 256 };
const LONG = 64;
/** With blanks around it. */
const LONGEST_TEXT = 1024;
/** Control, format, private and unassigned characters, line separators. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;
/** A Social Security number as it is written, or an address of mail: whatever field it is in, no equipment has one. */
const PERSONAL = /^\d{3}[- ]\d{2}[- ]\d{4}$|@/;

/** The text of a leaf as a value of a device; empty where it is none. */
export type ReadValue = (leaf: number, name: DeviceAttributeName) => string;

/**
 * Reads values of devices out of a message. A leaf in which a rule found an identifier of a person is not read, and no value that echoes what the
 * message says of its people (`isSuspect`): a field that was misused for a patient must not make a device of them. Fillers, what is too long
 * and what cannot be printed are no values either.
 */
export function valueReader(parsed: Parsed, detection: Detection, isSuspect: Suspect): ReadValue {
  // Made when a value is there to be read: many messages have none.
  let personal: Set<number> | null = null;
  // A report names its device with each of its values.
  const known = new Map<string, boolean>();
  return (leaf, name) => {
    const value = usable(parsed.leaves.text(leaf), name);
    if (value === '') return '';
    personal ??= personalLeaves(detection);
    if (personal.has(leaf)) return '';
    const before = known.get(value);
    const suspect = before ?? isSuspect(value);
    if (before === undefined) known.set(value, suspect);
    return suspect ? '' : value;
  };
}

function personalLeaves({ matches }: Detection): Set<number> {
  const leaves = new Set<number>();
  for (const { leaf, subject } of matches) if (PERSON_SUBJECTS.has(subject)) leaves.add(leaf);
  return leaves;
}

/** Texts with what was made of them, by name: a device says the same of itself in each message. The thread's own, and written nowhere. */
const made = new Map<DeviceAttributeName, Map<string, string>>();
const REMEMBERED = 4096;

/** The text without blanks at its ends; empty where it says nothing of a device. */
export function usable(text: string, name: DeviceAttributeName): string {
  if (text === '' || text.length > LONGEST_TEXT) return '';
  const known = made.get(name) ?? new Map<string, string>();
  if (known.size === 0) made.set(name, known);
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= REMEMBERED) known.clear();
  const value = usableValue(text, name);
  known.set(text, value);
  return value;
}

function usableValue(text: string, name: DeviceAttributeName): string {
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
