import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointText, parseCheckpoint } from '../../src/audit/checkpoint.ts';
import { leafHash } from '../../src/audit/merkle.ts';
import { openNote, parseVerifier, verifierText } from '../../src/audit/note.ts';
import { auditSigner } from '../../src/audit/signer.ts';

/** The example of golang.org/x/mod/sumdb/note. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const SIGNED = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe('signed notes', () => {
  it('reads what the reference implementation of Go wrote', () => {
    const verifier = parseVerifier(PETER);
    expect(verifier && verifierText(verifier)).toBe(PETER);
    expect(verifier && openNote(SIGNED, verifier)).toBe(TEXT);
    expect(verifier && openNote(SIGNED.replace('answer', 'Answer'), verifier)).toBeNull();
  });

  it('takes no key whose id is another, and no text that is none', () => {
    for (const text of ['', PETER.replace('c74f20a3', 'c74f20a4'), PETER.slice(0, -4), `${PETER}+`]) {
      expect(parseVerifier(text)).toBeNull();
    }
  });

  it('is the signature of one keyring, which another one does not take', () => {
    const signer = auditSigner({ id: 'a1b2', digestKey: createSecretKey(Buffer.alloc(32, 7)) });
    const again = auditSigner({ id: 'a1b2', digestKey: createSecretKey(Buffer.alloc(32, 7)) });
    const other = auditSigner({ id: 'a1b2', digestKey: createSecretKey(randomBytes(32)) });
    const root = leafHash(Buffer.from('entry'));
    const note = signer.sign(1, root);
    expect(note).toBe(again.sign(1, root));
    const text = openNote(note, signer.verifier);
    expect(text && parseCheckpoint(text)).toEqual({ origin: 'cordon/audit/a1b2', size: 1, root });
    expect(openNote(note, other.verifier)).toBeNull();
    expect(openNote(note.replace('\n1\n', '\n2\n'), signer.verifier)).toBeNull();
    expect(openNote(note.slice(0, -2), signer.verifier)).toBeNull();
  });

  it('passes over signatures of others', () => {
    const of = (id: string) => auditSigner({ id, digestKey: createSecretKey(randomBytes(32)) });
    const [ours, witness] = [of('a'), of('b')];
    const root = leafHash(Buffer.of(1));
    const line = witness.sign(1, root).split('\n\n')[1] ?? '';
    expect(line).toContain('cordon/audit/b');
    expect(openNote(ours.sign(1, root).replace('\n\n', `\n\n${line}`), ours.verifier)).not.toBeNull();
  });

  it('reads no checkpoint that is not written as C2SP has it', () => {
    const root = leafHash(Buffer.of(1));
    const text = checkpointText({ origin: 'o', size: 10, root });
    expect(parseCheckpoint(`${text}extension\n`)).toEqual({ origin: 'o', size: 10, root });
    for (const bad of [text.replace('10', '010'), text.replace('10', '-1'), text.replace('=', ''), '\n10\n', 'o']) {
      expect(parseCheckpoint(bad)).toBeNull();
    }
  });
});
