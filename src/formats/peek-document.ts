import { csv } from './csv/format.ts';
import { dicomJson } from './dicom/json.ts';
import { endsInBracket } from './fhir/peek.ts';
import { mail } from './mail/format.ts';
import { interchangeOf } from './text/interchange.ts';
import { xml } from './xml/format.ts';

/** What the accept path needs of a document, a table, a data set in JSON, a mail or an exchange: these carry no id that a sender's protocol would repeat. */
export interface DocumentPeek {
  readonly controlIdBytes: Uint8Array;
  /** False where XML ends before its last tag does, JSON before its last bracket, an exchange before its last segment. */
  readonly readable: boolean;
}

/** White space after the last tag that is looked past, and the zeros of UTF-16 in it. */
const TAIL = 256;

/** Looks at the beginning and the end of a body; null for what is none of these. Never throws. */
export function peekDocument(bytes: Uint8Array): DocumentPeek | null {
  const readable = isReadable(bytes);
  return readable === null ? null : { controlIdBytes: new Uint8Array(0), readable };
}

function isReadable(bytes: Uint8Array): boolean | null {
  if (xml.sniff(bytes) >= 0.5) return endsInTag(bytes);
  if (csv.sniff(bytes) >= 0.5) return true;
  if (dicomJson.sniff(bytes) >= 0.5) return endsInBracket(bytes);
  if (mail.sniff(bytes) >= 0.5) return true;
  return interchangeOf(bytes)?.isWhole ?? null;
}

function endsInTag(bytes: Uint8Array): boolean {
  let at = bytes.length - 1;
  while (at > bytes.length - TAIL && (bytes[at] ?? 0x3e) <= 0x20) at--;
  return bytes[at] === 0x3e;
}
