import { createMapper, type Mapped, type Mapper, stringRuns } from '../text/mapped.ts';

/** Where a value stands in a text, without its quotes. */
export interface Cell {
  readonly from: number;
  readonly to: number;
}

/** How values are written in a text that are no cells of a table yet. */
export interface Writing {
  /** What stands for something else; global. */
  readonly escapes: RegExp;
  said(written: string): string;
}

/** Tables and sheets of fields (RFC 4180) of values that stand in a text, each still leading to where it does. */
export interface Sheet {
  header(columns: readonly string[]): void;
  row(cells: readonly (Cell | null)[]): void;
  field(name: string, value: Cell): void;
  done(): Mapped;
}

/** `isFields`: each row has the name of a field and its value (csv/dialect.ts). */
export function createSheet(text: string, writing: Writing, isFields: boolean): Sheet {
  const mapper = createMapper(stringRuns(text));
  const put = (written: string): void => mapper.put(written, 0, 0);
  if (isFields) put('field,value\r\n');
  return {
    header: (columns) => put(`${columns.map(quoted).join(',')}\r\n`),
    row(cells) {
      for (const [index, cell] of cells.entries()) {
        if (index > 0) put(',');
        if (cell !== null) write(mapper, text, cell, writing);
      }
      put('\r\n');
    },
    field(name, value) {
      put(`${quoted(name)},`);
      write(mapper, text, value, writing);
      put('\r\n');
    },
    done() {
      // A sheet of fields has three rows at least.
      if (isFields) put('end,\r\nend,\r\n');
      return mapper.done();
    },
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function write(mapper: Mapper, text: string, { from, to }: Cell, { escapes, said }: Writing): void {
  mapper.put('"', from, from);
  let at = from;
  for (const { 0: written, index } of text.slice(from, to).matchAll(escapes)) {
    mapper.run(at, from + index);
    at = from + index + written.length;
    mapper.put(said(written).replaceAll('"', '""'), from + index, at);
  }
  mapper.run(at, to);
  mapper.put('"', to, to);
}
