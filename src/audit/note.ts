import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Signed notes (C2SP signed-note): a text, an empty line, and lines that say who signed it. Ed25519 (signature type 0x01) alone. */

const ED25519 = 1;

/** What signatures of one signer are checked with. */
export interface NoteVerifier {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), base64 with the signature. */
  readonly id: Buffer;
  readonly publicKey: KeyObject;
}

/** The verifier of a public key. */
export function verifierOf(name: string, publicKey: KeyObject): NoteVerifier {
  const raw = rawKey(publicKey);
  const id = createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(raw).digest().subarray(0, 4);
  return { name, id, publicKey };
}

/** `name+hex(key id)+base64(0x01 ‖ public key)`: what an auditor keeps to check signatures with. */
export function verifierText({ name, id, publicKey }: NoteVerifier): string {
  const key = Buffer.concat([Buffer.of(ED25519), rawKey(publicKey)]);
  return `${name}+${id.toString('hex')}+${key.toString('base64')}`;
}

/** Reads what `verifierText` writes. Null for what is none, or whose key id is not that of its key. */
export function parseVerifier(text: string): NoteVerifier | null {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim());
  const [, name = '', id = '', encoded = ''] = match ?? [];
  const key = Buffer.from(encoded, 'base64');
  if (match === null || key.length !== 33 || key[0] !== ED25519 || key.toString('base64') !== encoded) return null;
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, key.subarray(1)]), format: 'der', type: 'spki' });
  const verifier = verifierOf(name, publicKey);
  return verifier.id.toString('hex') === id ? verifier : null;
}

/** `text` (which ends in a newline) with the signature of this signer. */
export function signNote(text: string, { name, id }: NoteVerifier, privateKey: KeyObject): string {
  const signature = Buffer.concat([id, sign(null, Buffer.from(text, 'utf8'), privateKey)]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
}

/** The text of a note, where this verifier's signature is on it and good; null otherwise. Signatures of others are passed over. */
export function openNote(note: string, { name, id, publicKey }: NoteVerifier): string | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, end + 1);
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const match = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line);
    const signature = Buffer.from(match?.[2] ?? '', 'base64');
    if (match?.[1] !== name || !signature.subarray(0, 4).equals(id)) continue;
    if (signature.toString('base64') !== match[2]) return null;
    return verify(null, Buffer.from(text, 'utf8'), publicKey, signature.subarray(4)) ? text : null;
  }
  return null;
}

/** What stands before the 32 bytes of an Ed25519 public key in DER (RFC 8410 §4). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
}
