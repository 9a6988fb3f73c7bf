import { deflateSync } from 'node:zlib';
import { westernEuropean } from './charsets.ts';
import { hide, type Sheet } from './marks.ts';

/** Documents that travel inside a value. Each takes a marked text, moves its labels to the hidden ones and gives bytes. */

const textOf = (sheet: Sheet, marked: string, path: string): string => hide(sheet, marked, path);

export function base64Text(sheet: Sheet, marked: string, path: string): string {
  return Buffer.from(textOf(sheet, marked, path), 'utf8').toString('base64');
}

/**
 * A PDF of one page (ISO 32000-1): lines in Helvetica with WinAnsi encoding, the content stream deflated or not, a cross-reference table.
 */
export function pdf(sheet: Sheet, marked: string, path: string, deflated: boolean): Buffer {
  const lines = textOf(sheet, marked, path).split('\n');
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const content = westernEuropean(`BT /F1 10 Tf 50 780 Td 14 TL\n${shown}\nET`);
  const stream = deflated ? deflateSync(content) : content;
  const filter = deflated ? ' /Filter /FlateDecode' : '';
  const objects: Buffer[] = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>'),
    Buffer.concat([Buffer.from(`<< /Length ${stream.length}${filter} >>\nstream\n`), stream, Buffer.from('\nendstream')]),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
  ];
  const pieces: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let size = pieces[0]?.length ?? 0;
  objects.forEach((object, index) => {
    offsets.push(size);
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    pieces.push(whole);
    size += whole.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  pieces.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${size}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}

/** RTF as word processors of the nineties export it. */
export function rtf(sheet: Sheet, marked: string, path: string): string {
  const text = textOf(sheet, marked, path);
  const escaped = [...text]
    .map((character) =>
      /[\\{}]/.test(character)
        ? `\\${character}`
        : character > '\u007f'
          ? `\\u${character.charCodeAt(0)}?`
          : character === '\n'
            ? '\\par '
            : character,
    )
    .join('');
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs20 ${escaped}}`;
}
