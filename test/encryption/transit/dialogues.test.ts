import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/encryption/transit/dialogue.ts';
import { createDialogue } from '../../../src/encryption/transit/dialogues.ts';
import { clearPortsBeside, PROTOCOLS, protocolOfPort } from '../../../src/encryption/transit/protocols.ts';

/** Feeds bytes as they might come, in pieces, and gathers what is sent back. */
function hear(dialogue: Dialogue, pieces: readonly Buffer[]): { end: string; sent: Buffer[] } {
  const sent: Buffer[] = [];
  let received = Buffer.alloc(0);
  for (const piece of pieces) {
    received = Buffer.concat([received, piece]);
    for (;;) {
      const step = dialogue.hear(received);
      if (step.kind === 'more') break;
      if (step.kind !== 'reply') return { end: step.kind, sent };
      sent.push(step.bytes);
      received = received.subarray(step.taken);
    }
  }
  return { end: 'more', sent };
}

const bytewise = (all: Buffer): Buffer[] => [...all].map((byte) => Buffer.of(byte));

function pdu(type: number, body: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** A-ASSOCIATE-AC with a result for the one presentation context. */
const accepted = (result: number): Buffer =>
  pdu(2, Buffer.concat([Buffer.alloc(68), Buffer.from([0x21, 0, 0, 4, 1, 0, result, 0])]));
const STATUS = Buffer.from('00000009020000000000', 'hex');

/** P-DATA-TF with a part of a command set. */
function command(part: Buffer, isLast: boolean): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 1, isLast ? 3 : 1]);
  head.writeUInt32BE(part.length + 2);
  return pdu(4, Buffer.concat([head, part]));
}

describe('the dialogue of DICOM', () => {
  it('asks for Verification, echoes, and releases, however the answers are cut', () => {
    const dialogue = createDialogue('dicom', 'pacs');
    expect(dialogue.opening.toString('latin1')).toContain('1.2.840.10008.1.1');
    const answers = [
      accepted(0),
      command(STATUS.subarray(0, 4), false),
      command(STATUS.subarray(4), true),
      pdu(6, Buffer.alloc(4)),
    ];
    const { end, sent } = hear(dialogue, bytewise(Buffer.concat(answers)));
    expect(end).toBe('done');
    expect(sent.map((bytes) => bytes[0])).toEqual([4, undefined, 5]);
    expect(dialogue.learned()).toEqual({ association: 'accepted', echo: '0x0000' });
  });

  it('stops listening to a command that has no end', () => {
    const dialogue = createDialogue('dicom', 'pacs');
    const endless = Array.from({ length: 100 }, () => command(Buffer.alloc(1000), false));
    expect(hear(dialogue, [accepted(0), ...endless]).end).toBe('done');
  });

  it.each([
    ['a rejection', pdu(3, Buffer.from([0, 1, 1, 7])), { association: 'rejected', rejection: 'result 1, source 1, reason 7' }],
    ['an abort', pdu(7, Buffer.from([0, 0, 2, 1])), { association: 'aborted' }],
    ['an association without Verification', accepted(3), { association: 'accepted', echo: 'not accepted' }],
    ['an abort after the association', Buffer.concat([accepted(0), pdu(7, Buffer.alloc(4))]), { association: 'accepted' }],
    [
      'a data set instead of a command',
      Buffer.concat([accepted(0), pdu(4, Buffer.from([0, 0, 0, 2, 1, 2]))]),
      { association: 'accepted' },
    ],
  ])('%s proves it too', (_name, answer, facts) => {
    const dialogue = createDialogue('dicom', 'pacs');
    hear(dialogue, [answer]);
    expect(dialogue.learned()).toEqual(facts);
  });

  it.each([
    ['HTTP', Buffer.from('HTTP/1.1 400')],
    ['a PDU that is too long', Buffer.from([2, 0, 0x7f, 0, 0, 0])],
    ['data before any association', command(STATUS, true)],
    ['a rejection of another length', pdu(3, Buffer.alloc(5))],
  ])('%s is something else', (_name, answer) => {
    const dialogue = createDialogue('dicom', 'pacs');
    expect(hear(dialogue, [answer]).end).toBe('other');
    expect(dialogue.learned()).toBeNull();
  });
});

describe('the dialogue of MLLP', () => {
  it.each([
    ['\x0bMSH|^~\\&|LIS\rMSA|AE|X|\r\x1c\r', 'AE'],
    ['\x0bMSH#^~\\&#LIS\rMSA#AR#X\x1c\r', 'AR'],
    ['\x0bMSH|^~\\&|LIS\rMSA|DOE^JANE|X\x1c\r', 'without code'],
    ['\x0bMSH|^~\\&|LIS\r\x1c\r', 'without code'],
    ['\x0b\x06\x1c\r', 'commit'],
    ['\x0b\x15\x1c\r', 'no commit'],
  ])('%j proves it', (answer, code) => {
    const dialogue = createDialogue('mllp', 'lis');
    expect(hear(dialogue, bytewise(Buffer.from(answer, 'latin1'))).end).toBe('done');
    expect(dialogue.learned()).toEqual({ answer: code });
  });

  it('an answer that has begun proves it, though it does not end', () => {
    const dialogue = createDialogue('mllp', 'lis');
    expect(hear(dialogue, [Buffer.from('\x0bMSH|^~')]).end).toBe('more');
    expect(dialogue.learned()).toEqual({ answer: 'unreadable' });
    expect(hear(dialogue, [Buffer.from(`\x0bMSH|${'x'.repeat(70_000)}`)]).end).toBe('done');
  });

  it.each(['MSH|^~\\&|', '\x0bPID|1', 'HTTP/1.1 400'])('%j is something else', (answer) => {
    const dialogue = createDialogue('mllp', 'lis');
    expect(hear(dialogue, [Buffer.from(answer)]).end).toBe('other');
    expect(dialogue.learned()).toBeNull();
  });
});

describe('the dialogue of HTTP', () => {
  it('asks for no more than a head, and writes an IPv6 address as a host', () => {
    const opening = 'HEAD / HTTP/1.1\r\nHost: [::1]\r\nUser-Agent: cordon\r\nConnection: close\r\n\r\n';
    expect(createDialogue('http', '::1').opening.toString()).toBe(opening);
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nServer: x\r\n\r\n', { status: 200, redirectsToHttps: false }],
    ['HTTP/1.0 302 Found\r\nLocation: https://x/\r\n\r\n', { status: 302, redirectsToHttps: true }],
    ['HTTP/1.1 200 OK\r\nLocation: https://x/\r\n\r\n', { status: 200, redirectsToHttps: false }],
    ['HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n', { status: 302, redirectsToHttps: false }],
  ])('%j proves it', (answer, facts) => {
    const dialogue = createDialogue('http', 'web');
    expect(hear(dialogue, bytewise(Buffer.from(answer))).end).toBe('done');
    expect(dialogue.learned()).toEqual(facts);
  });

  it.each(['HTTP/x y z zzzzzzz', '\x0bMSH|', 'SSH-2.0-OpenSSH'])('%j is something else', (answer) => {
    expect(hear(createDialogue('http', 'web'), [Buffer.from(answer)]).end).toBe('other');
  });
});

it('no bytes make a dialogue throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PROTOCOLS),
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
      (protocol, pieces) => {
        const dialogue = createDialogue(protocol, 'host');
        hear(
          dialogue,
          pieces.map((piece) => Buffer.from(piece)),
        );
        const starts = [accepted(0), Buffer.from('\x0bMSH|'), Buffer.from('HTTP/1.1 200 ')];
        for (const start of starts) hear(createDialogue(protocol, 'host'), [start, ...pieces.map((piece) => Buffer.from(piece))]);
      },
    ),
  );
});

it('only well-known ports tell what they are for', () => {
  expect([104, 2762, 11_112].map(protocolOfPort)).toEqual(['dicom', 'dicom', 'dicom']);
  expect([2575, 2576, 443, 8443, 6661].map(protocolOfPort)).toEqual(['mllp', 'mllp', 'http', 'http', null]);
  expect([2762, 2576, 443, 8443, 2575, 6661].map(clearPortsBeside)).toEqual([[104, 11_112], [2575], [80], [8080], [], []]);
});
