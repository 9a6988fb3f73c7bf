import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exporter } from '../exporter.ts';
import { packEntries } from './pack.ts';
import { zipChunks } from './zip-stream.ts';

/** `export evidence`: one zip, written file by file. The report alone is made in memory: it shows a few rows of each list. */
export const evidenceExporter: Exporter = {
  contentType: 'application/zip',
  write: (request, out) => pipeline(Readable.from(zipChunks(packEntries(request))), out, { end: false }),
};
