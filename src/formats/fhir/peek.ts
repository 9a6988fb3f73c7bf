import { PLACE_WIDTH } from '../columns.ts';
import { openSource } from '../text/source.ts';
import { fhir } from './format.ts';
import { stringText } from './leaves.ts';
import { skipMark, skipSpace } from './lines.ts';
import { tokenize } from './tokenize.ts';
import { Node, Place } from './tokens.ts';

/** What the accept path needs of a FHIR body. */
export interface FhirPeek {
  /** The resource's own id, or that of the first of several; may be empty. */
  readonly controlIdBytes: Uint8Array;
  /** False where the body ends before its JSON does. */
  readonly readable: boolean;
}

/** Ids stand at the beginning of a resource. */
const WINDOW = 4 * 1024;
/** White space after the last bracket that is looked past. */
const TAIL = 256;

/** Reads the beginning of a body and looks at its end; null for what is no FHIR. Never throws. */
export function peekFhir(bytes: Uint8Array): FhirPeek | null {
  if (fhir.sniff(bytes) < 0.5) return null;
  return { controlIdBytes: idOf(bytes), readable: endsInBracket(bytes) };
}

/** Bytes of the id as sent, escapes resolved. */
function idOf(bytes: Uint8Array): Uint8Array {
  const { buffer } = openSource(bytes.subarray(0, WINDOW));
  const open = buffer.indexOf('{', skipSpace(buffer, skipMark(buffer, 0), buffer.length));
  const { columns, nodes } = tokenize(buffer, Math.max(0, open), buffer.length);
  const leaf = nodes[Node.id] ?? -1;
  if (leaf < 0 || columns.place[leaf * PLACE_WIDTH + Place.node] !== 0) return new Uint8Array(0);
  return Buffer.from(stringText(buffer, columns.start[leaf] ?? 0, columns.end[leaf] ?? 0, columns.classes[leaf] ?? 0));
}

/** Whether a body of JSON ends as it has to. UTF-16 leaves a NUL beside every one. */
export function endsInBracket(bytes: Uint8Array): boolean {
  let at = bytes.length - 1;
  const least = Math.max(0, at - TAIL);
  while (at > least && (bytes[at] ?? 0) <= 0x20) at--;
  return bytes[at] === 0x7d || bytes[at] === 0x5d;
}
