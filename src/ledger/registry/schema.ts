import type { IdentifierKind } from '../../lineage/identifier.ts';

/** Tables of the registry beside lineage_people, which holds what it learnt (migrations/0019-registry.ts). */
export interface RegistrySchema {
  cohorts: { name: string; token: string; kind: IdentifierKind | null; added: number };
  /** What went lately, and from which set: `patient`, or the name of a cohort. */
  registry_gone: { at: number; print: string; part: string };
}
