/** Objects of a PDF file (ISO 32000-1 §7.3), and operators of its content streams. */
export type Value = null | boolean | number | Name | Text | List | Dict | Ref | Stream | Operator;

export interface Name {
  readonly kind: 'name';
  readonly name: string;
}
/** A string: bytes, whose meaning depends on where it stands. */
export interface Text {
  readonly kind: 'text';
  readonly bytes: Buffer;
}
export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
}
export interface Dict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, Value>;
}
export interface Ref {
  readonly kind: 'ref';
  readonly id: number;
}
/** `from` and `to`: its encoded bytes in the file. */
export interface Stream {
  readonly kind: 'stream';
  readonly dict: Dict;
  readonly from: number;
  readonly to: number;
  /** Where the file is encrypted: makes its encoded bytes of those in the file. */
  readonly decrypt?: ((bytes: Buffer) => Buffer) | undefined;
}
export interface Operator {
  readonly kind: 'operator';
  readonly name: string;
}

export const EMPTY_DICT: Dict = { kind: 'dict', entries: new Map() };

type Kind = Exclude<Value, null | boolean | number>['kind'];

export function isKind<K extends Kind>(value: Value | undefined, kind: K): value is Extract<Value, { kind: K }> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

export function nameOf(value: Value | undefined): string {
  return isKind(value, 'name') ? value.name : '';
}

export function numberOf(value: Value | undefined, otherwise = 0): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
