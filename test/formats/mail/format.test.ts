import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mail } from '../../../src/formats/mail/format.ts';
import { peekDocument } from '../../../src/formats/peek-document.ts';
import { parseBody } from '../../../src/formats/registry.ts';

/** The lines that a body is read as. */
function linesOf(body: Buffer): string[] {
  return parseBody({ bytes: body, elided: [] }).flatMap(({ leaves }) =>
    Array.from({ length: leaves.own ?? leaves.count }, (_, leaf) => leaves.text(leaf)),
  );
}

const HEAD = 'From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n';
const quoted = (body: string, charset = 'utf-8', more = ''): Buffer =>
  Buffer.from(
    `${HEAD}${more}Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}`,
    'latin1',
  );

/** As mail programs write it (RFC 2045 §6.7): lines of 76 characters at most. */
function written(text: string, bytes: Buffer = Buffer.from(text)): string {
  let [out, line] = ['', ''];
  for (const byte of bytes) {
    const next =
      byte === 0x0a
        ? '\r\n'
        : byte === 0x3d || byte < 0x20 || byte > 0x7e
          ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
          : String.fromCharCode(byte);
    if (next === '\r\n') [out, line] = [`${out}${line}\r\n`, ''];
    else if (line.length + next.length > 75) [out, line] = [`${out}${line}=\r\n`, next];
    else line += next;
  }
  return out + line;
}

describe('mail', () => {
  it('is read as it reads, in quoted-printable', () => {
    expect(
      linesOf(quoted('Frau M=C3=BCller-=\r\nThoma, geb. 04.=\r\n10.1946, 2=3D2 = 4\r\nn=C3=\r\n=A4chste Zeile')).slice(5),
    ).toEqual(['Frau Müller-Thoma, geb. 04.10.1946, 2=2 = 4', 'nächste Zeile']);
  });

  it('is read by the character set that its part declares', () => {
    expect(linesOf(quoted('Gr=FC=DFe, M=E4rz', 'ISO-8859-1')).at(-1)).toBe('Grüße, März');
    expect(linesOf(quoted('=D8=E1=E1', '"windows-1250"')).at(-1)).toBe('Řáá');
    expect(linesOf(quoted('=93word=94', 'utf-8')).at(-1)).toMatch(/word/);
  });

  it('has its headers in one line each, their encoded words as they read', () => {
    const lines = linesOf(
      quoted(
        'x',
        'utf-8',
        'Subject: Befund =?UTF-8?Q?M=C3=BCller_T?=\r\n =?iso-8859-1?q?h=F6ma?= vom\r\n\t11.03.\r\nCc: =?utf-8?B?SsO8cmdlbiBWb8Of?= <c@example.org>\r\n',
      ),
    );
    expect(lines).toContain('Subject: Befund Müller Thöma vom 11.03.');
    expect(lines).toContain('Cc: Jürgen Voß <c@example.org>');
  });

  it('has parts that are written each in its own way, and mails in it', () => {
    const part = (type: string, encoding: string, text: string): string =>
      `--x y\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${text}\r\n`;
    const body = [
      `${HEAD}Content-Type: multipart/mixed;\r\n boundary="x y"\r\n\r\npreamble =C3=A4\r\n`,
      part('text/plain', 'quoted-printable', 'eins =C3=A4'),
      part('text/plain', '7bit', 'zwei =C3=A4'),
      part(
        'message/rfc822',
        '7bit',
        'Subject: =?utf-8?q?drei_=C3=A4?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nvier =C3=A4',
      ),
      '--x y--\r\nepilogue =C3=A4\r\n',
    ].join('');
    const lines = linesOf(Buffer.from(body, 'latin1'));
    expect(lines).toEqual(
      expect.arrayContaining(['preamble =C3=A4', 'eins ä', 'zwei =C3=A4', 'Subject: drei ä', 'vier ä', 'epilogue =C3=A4']),
    );
  });

  it('may be a body of HTTP that begins with its boundary', () => {
    const body =
      '--b1\r\nContent-Disposition: form-data; name="note"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nM=C3=BCller\r\n--b1--\r\n';
    expect(linesOf(Buffer.from(body))).toContain('Müller');
  });

  it('is no other text', () => {
    for (const text of [
      `${HEAD}\r\nnothing is encoded here`,
      'Content-Transfer-Encoding: quoted-printable\r\nHello there\r\n',
      'Note: =?utf-8?q?x?=\r\nMore: y\r\n\r\n',
      '--x\r\nM=C3=BCller =?utf-8?q?x?=',
    ])
      expect([text, mail.sniff(Buffer.from(text))]).toEqual([text, 0]);
  });

  it('is no quarantine’s: it is whole whatever it ends with', () => {
    expect(peekDocument(quoted('M=C3=BCller'))?.readable).toBe(true);
  });

  it('gives what was written, and each of it points at the bytes that say it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcäöß =.,\nğ😀'), minLength: 1, maxLength: 300 }), (text) => {
        const body = quoted(written(text));
        const [parsed] = parseBody({ bytes: body, elided: [] });
        if (parsed === undefined) throw new Error('nothing was read');
        const { leaves } = parsed;
        const said = Array.from({ length: leaves.own ?? leaves.count }, (_, leaf) => leaves.text(leaf));
        expect(said.slice(5)).toEqual(text.split('\n').filter((line) => line !== ''));
        let before = 0;
        for (let leaf = 5; leaf < said.length; leaf++) {
          const line = said[leaf] ?? '';
          const whole = leaves.spanOf(leaf, 0, line.length);
          if (whole === null) throw new Error(`leaf ${leaf} is nowhere`);
          expect(whole.start).toBeGreaterThanOrEqual(before);
          before = whole.end;
          // Read by itself, what a line's span holds is the line.
          const again = quoted(body.toString('latin1', whole.start, whole.end).replace(/=\r\n$/, ''));
          expect(linesOf(again).at(-1)).toBe(line);
        }
      }),
    );
  });

  it('never throws, whatever it is cut to', () => {
    const body = quoted(
      written('Frau Müller, geb. 4.10.1946 in Göttingen, Straße der Republik 5, 37083 Göttingen. '.repeat(4)),
      'utf-8',
      'Subject: =?UTF-8?Q?M=C3=BC?= =?UTF-8?B?eMO8?=\r\n',
    );
    for (let size = 0; size <= body.length; size++) {
      const parts = parseBody({ bytes: body.subarray(0, size), elided: [] });
      expect(parts.reduce((sum, { coverage }) => sum + coverage.bytes, 0)).toBe(size);
    }
  });
});
