import type { Protocol } from '../core/provenance.ts';
import type { IdentifierKind } from './identifier.ts';

/** What is known of the encryption of a real leg when a message went over it. An engine's word is `claimed`; nothing known is `unknown`, which is not pass. */
export const TRANSITS = ['proven', 'claimed', 'unknown', 'failed'] as const;
export type Transit = (typeof TRANSITS)[number];

/**
 * One way that data takes: a flow as it was observed, from one name of a system to another, with what its policy says of the receiver.
 * Another policy, place or name is another hop.
 */
export interface Hop {
  /** 48 bits of the digest of all below: the same facts are the same hop, without asking the ledger. */
  readonly id: number;
  /** The policy's id where registered, the observed key otherwise: the name that incidents and messages know the flow by. */
  readonly flow: string;
  /** Key of the observed flow. */
  readonly flowKey: string;
  readonly policy: string | null;
  readonly protocol: Protocol;
  /** Names of systems (src/lineage/names.ts): `app:LIS^LAB`, `ae:CT1`, `sys:registry`. */
  readonly source: string;
  readonly destination: string;
  /** What the receiver is to us, and the id of the place where the data comes to rest, by the policy; null without one. */
  readonly entity: string | null;
  readonly location: string | null;
}

/** Why two names are taken to be one system: a policy says whom it is for; a certificate or AE title that carries one name only. */
export const ALIAS_RULES = ['policy', 'carrier'] as const;
export type AliasRule = (typeof ALIAS_RULES)[number];

/** Two names that one message gave to one system. */
export interface NamePair {
  readonly name: string;
  readonly beside: string;
  readonly rule: AliasRule;
}

/** An identifier of a person, by its token. */
export interface PersonToken {
  readonly token: string;
  /** The token that the person's messages are listed under. */
  readonly person: string;
  /** Whether it is enough to tell the person from others: a record number, or name and birth date together. */
  readonly strong: boolean;
  /** What it is, where a flow that teaches showed it: then the registry learns it. */
  readonly kind?: IdentifierKind;
}

/** What one message adds to lineage: names of equipment and keyed tokens only. */
export interface LineageRow {
  readonly hop: Hop;
  readonly transit: Transit;
  /** Bytes as received, those that were not kept included. */
  readonly bytes: number;
  /** Masks over CATEGORIES: of persons, of staff and equipment, of what no policy permits. */
  readonly categories: number;
  readonly others: number;
  readonly unpermitted: number;
  /** Mask over SUBJECTS. */
  readonly subjects: number;
  readonly pairs: readonly NamePair[];
  readonly tokens: readonly PersonToken[];
  /** What the message is listed under: its patients, and tokens that were found in it and are nobody's known. */
  readonly trail: readonly { readonly key: string; readonly patient: boolean }[];
  /** Keyed fingerprints of the content, at most three for each message of the body (src/lineage/fingerprints.ts). */
  readonly prints: readonly string[];
}
