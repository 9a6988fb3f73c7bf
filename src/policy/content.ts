import type { Parsed } from '../core/format.ts';
import type { Category, Sensitivity, Subject } from '../core/vocabulary.ts';
import { claimsDeidentified } from '../detect/deidentified.ts';
import { endOfDay, type Hours, parseHours, startOfDay } from './days.ts';
import type { Dataset, Deny, FlowPolicy, Permit } from './flow.ts';
import { compileGlob, compilePathGlob, type Glob } from './names.ts';
import { compileUnits, type Units } from './units.ts';

/** A permit or deny item, compiled. Null: any. */
export interface ContentRule {
  readonly types: readonly Glob[] | null;
  readonly subjects: ReadonlySet<Subject> | null;
  readonly categories: ReadonlySet<Category> | null;
  readonly paths: readonly Glob[] | null;
  readonly sensitivity: ReadonlySet<Sensitivity>;
}

/** A policy with its dates as instants and its rules compiled. Times are milliseconds since the epoch. */
export interface CompiledFlow {
  readonly policy: FlowPolicy;
  /** First instant at which it is valid; -Infinity without `validFrom`. */
  readonly validFrom: number;
  /** First instant at which it is not valid any more. */
  readonly validUntil: number;
  /** First instant at which the agreement is not valid any more; Infinity without an end, or without an agreement. */
  readonly agreementUntil: number;
  readonly permit: readonly ContentRule[];
  readonly deny: readonly ContentRule[];
  readonly exceptions: readonly { readonly rule: ContentRule; readonly until: number }[];
  readonly hours: Hours;
  /** Units whose messages are sensitive whatever they hold. */
  readonly units: Units;
}

const ALL_DAY: Hours = { from: 0, to: 24 * 60 };

export function compileFlow(policy: FlowPolicy): CompiledFlow {
  const { timezone, hours } = policy.limits;
  const { kind, expires } = policy.basis.agreement;
  return {
    policy,
    validFrom: policy.validFrom === undefined ? Number.NEGATIVE_INFINITY : startOfDay(policy.validFrom, timezone),
    validUntil: endOfDay(policy.expires, timezone),
    agreementUntil: kind === 'none' || expires === undefined ? Number.POSITIVE_INFINITY : endOfDay(expires, timezone),
    permit: policy.permit.map(compileRule),
    deny: policy.deny.map(compileRule),
    exceptions: policy.exceptions.map((each) => ({ rule: compileRule(each.permit), until: endOfDay(each.expires, timezone) })),
    hours: parseHours(hours) ?? ALL_DAY,
    units: compileUnits(policy.units),
  };
}

function compileRule(rule: Permit | Deny): ContentRule {
  return {
    types: rule.types?.map(compileGlob) ?? null,
    subjects: rule.subjects === undefined ? null : new Set(rule.subjects),
    categories: rule.categories === undefined ? null : new Set(rule.categories),
    paths: rule.paths?.map(compilePathGlob) ?? null,
    sensitivity: new Set(rule.sensitivity),
  };
}

export const ofType = (rule: ContentRule, type: string): boolean => rule.types === null || rule.types.some((glob) => glob(type));
export const ofSubject = (rule: ContentRule, subject: Subject): boolean => rule.subjects === null || rule.subjects.has(subject);
/** `unexamined` must be named: what nobody read is not permitted by silence. */
export const ofCategory = (rule: ContentRule, category: Category): boolean =>
  rule.categories === null ? category !== 'unexamined' : rule.categories.has(category);
export const atPath = (rule: ContentRule, path: string): boolean => rule.paths === null || rule.paths.some((glob) => glob(path));

/** 45 CFR 164.514(e)(2): what a limited data set may keep. Free text is not one of the identifiers; a permit must still name it. */
const LIMITED: ReadonlySet<Category> = new Set(['date', 'age', 'geo', 'unique-id', 'narrative', 'unexamined']);
/** 45 CFR 164.514(b)(2): none of the 18. */
const SAFE_HARBOR: ReadonlySet<Category> = new Set(['narrative', 'unexamined']);

/**
 * The data set that a message is held to: its flow's, but `safe-harbor` where the message itself says that it was de-identified (DICOM
 * Patient Identity Removed). Nobody who receives such an object guards it as PHI, whatever the flow may carry.
 */
export function heldDataset(dataset: Dataset, parsed: Parsed): Dataset {
  return claimsDeidentified(parsed) ? 'safe-harbor' : dataset;
}

/** Whether a data set may hold persons' identifiers of a category at all, whatever is permitted beside. */
export function datasetHolds(dataset: Dataset, category: Category): boolean {
  switch (dataset) {
    case 'limited':
      return LIMITED.has(category);
    case 'safe-harbor':
      return SAFE_HARBOR.has(category);
    case 'phi':
    case 'expert':
      return true;
  }
}
