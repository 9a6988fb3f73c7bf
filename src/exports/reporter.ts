import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exporter } from './exporter.ts';
import type { ExportRecord } from './record.ts';
import { exportRecords } from './records.ts';

/** One format of records. Holds a bounded number of them at a time, whatever their number. */
export interface Reporter {
  readonly name: string;
  readonly contentType: string;
  /** Writes all of them and ends nothing: `out` is the caller's. Rejects with what the source or `out` fails with. */
  write(records: AsyncIterable<ExportRecord>, out: Writable): Promise<void>;
}

/** A reporter as a kind of export: its records are those of the period. */
export function exporterOf(reporter: Reporter): Exporter {
  return {
    contentType: reporter.contentType,
    write: ({ period, ...source }, out) => reporter.write(exportRecords(source, period), out),
  };
}

/** Text that is written at once. */
const CHUNK = 64 * 1024;

/** Writes lines, each with its line feed, no faster than `out` takes them. */
export async function writeLines(lines: AsyncIterable<string>, out: Writable): Promise<void> {
  await pipeline(Readable.from(inText(lines), { objectMode: false }), out, { end: false });
}

async function* inText(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  for await (const line of lines) {
    text += `${line}\n`;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
