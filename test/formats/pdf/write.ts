/** A PDF as a test needs it: what is not said is left out. */
export interface PdfParts {
  /** Content streams, one a page. */
  readonly pages?: readonly (string | Buffer)[];
  /** Filter of the content streams, which are encoded already. */
  readonly filter?: string;
  /** More entries of each page's dictionary. */
  readonly page?: string;
  /** Resources of the pages besides the font F1 (Helvetica, WinAnsi). */
  readonly fonts?: string;
  readonly resources?: string;
  /** Further objects from number 100 on: the value, or a dictionary and a stream. */
  readonly objects?: readonly (string | readonly [dict: string, stream: string | Buffer])[];
  readonly catalog?: string;
  readonly trailer?: string;
}

/** The number of the first of `objects`. */
export const FIRST = 100;

function streamOf(dict: string, stream: string | Buffer): Buffer {
  const bytes = typeof stream === 'string' ? Buffer.from(stream, 'latin1') : stream;
  return Buffer.concat([Buffer.from(`<< ${dict} /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);
}

/** Writes a file with a cross-reference table as it has to be. */
export function writePdf(parts: PdfParts): Buffer {
  const { pages = [], filter, page = '', fonts = '', resources = '', objects = [], catalog = '', trailer = '' } = parts;
  const out: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets = new Map<number, number>();
  let at = out[0]?.length ?? 0;
  const put = (id: number, value: string | Buffer): void => {
    const bytes = Buffer.concat([
      Buffer.from(`${id} 0 obj\n`),
      Buffer.from(value as string, 'latin1'),
      Buffer.from('\nendobj\n'),
    ]);
    offsets.set(id, at);
    at += bytes.length;
    out.push(bytes);
  };
  put(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  put(2, `<< /Type /Pages /Kids [${pages.map((_, index) => `${10 + index * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`);
  put(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  pages.forEach((content, index) => {
    const id = 10 + index * 2;
    const own = `/Resources << /Font << /F1 3 0 R ${fonts} >> ${resources} >>`;
    put(id, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${own} /Contents ${id + 1} 0 R ${page} >>`);
    put(id + 1, streamOf(filter === undefined ? '' : `/Filter ${filter}`, content));
  });
  for (const [index, value] of objects.entries()) put(FIRST + index, typeof value === 'string' ? value : streamOf(...value));
  const rows = [...offsets].map(([id, offset]) => `${id} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  out.push(
    Buffer.from(
      `xref\n${rows.join('')}trailer\n<< /Size ${Math.max(...offsets.keys()) + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(out);
}

/** A content stream that shows lines of ASCII one below the other. */
export function showing(...lines: readonly string[]): string {
  const escaped = lines.map((line) => line.replace(/[\\()]/g, (character) => `\\${character}`));
  return `BT /F1 12 Tf 14 TL 72 720 Td ${escaped.map((line) => `(${line}) Tj T*`).join(' ')} ET`;
}
