import { describe, expect, it } from 'vitest';
import { peekHl7 } from '../../../src/formats/hl7v2/peek.ts';
import { latin1 } from '../support.ts';

describe('peekHl7', () => {
  it('reads what an answer needs', () => {
    expect(
      peekHl7(latin1('\x0bMSH|^~\\&|A|B|C|D|2024||ORU^R01^ORU_R01|A&B\\T\\1|P^T|2.5.1^USA|||AL|NE\rPID|||1\r\x1c\r')),
    ).toEqual({
      controlIdBytes: latin1('A&B\\T\\1'),
      controlId: 'A&B&1',
      fieldSeparator: '|',
      encodingCharacters: '^~\\&',
      acceptAck: 'AL',
      applicationAck: 'NE',
      processingId: 'P',
      messageType: 'ORU^R01',
      version: '2.5.1',
      readable: true,
    });
  });

  it('reads any delimiters', () => {
    const peek = peekHl7(latin1('MSH#*~\\&$#A#B#C#D#2024##ADT*A01#42#T#2.7#####'));
    expect([peek.fieldSeparator, peek.encodingCharacters, peek.messageType, peek.controlId]).toEqual([
      '#',
      '*~\\&$',
      'ADT^A01',
      '42',
    ]);
  });

  it('reads UTF-16', () => {
    const peek = peekHl7(Uint8Array.from(Buffer.from('\ufeffMSH|^~\\&|A|B|C|D|2024||ADT^A01|ü1|P|2.5\r', 'utf16le')));
    expect([peek.controlId, peek.readable]).toEqual(['ü1', true]);
  });

  it.each([
    ['nothing', ''],
    ['no header', 'PID|1|\r'],
    ['a cut header', 'MSH'],
    ['no message type', 'MSH|^~\\&|A|B|C|D|2024|||1|P|2.5\r'],
    ['delimiters that are none', 'MSHABCDE'],
    ['binary', '\x00\x01\x02MSH\x00'],
  ])('calls %s unreadable', (_, text) => {
    expect(peekHl7(latin1(text)).readable).toBe(false);
  });

  it('gives the id even of what has no type, for the answer', () => {
    expect(peekHl7(latin1('MSH|^~\\&|A|B|C|D|2024|||id-1|P|2.5\r')).controlId).toBe('id-1');
  });
});
