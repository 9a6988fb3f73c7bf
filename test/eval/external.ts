import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import { CATEGORIES, SUBJECTS } from '../../src/core/vocabulary.ts';
import { type CorpusFile, FORMATS, KINDS, type Label } from './corpus/label.ts';

const labelSchema = z.object({
  file: z.string(),
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
  path: z.string().default(''),
  category: z.enum(CATEGORIES),
  subject: z.enum(SUBJECTS),
  kind: z.enum(KINDS).default('structured'),
  also: z.array(z.enum(CATEGORIES)).optional(),
  optional: z.boolean().optional(),
  text: z.string().default(''),
});

/** Files of a folder with somebody's labels of them, a line each; files that no label names are clean. Throws as node:fs and zod do. */
export function* externalFiles(folder: string, labelFile: string, names: Iterable<string>): Generator<CorpusFile> {
  const labels = new Map<string, Label[]>();
  for (const line of readFileSync(labelFile, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const label = labelSchema.parse(JSON.parse(line));
    labels.set(label.file, [...(labels.get(label.file) ?? []), label]);
  }
  for (const name of names) {
    const format = FORMATS[extname(name).toLowerCase()] ?? 'text';
    yield {
      name,
      format,
      style: 'external',
      bytes: readFileSync(join(folder, name)),
      labels: labels.get(name) ?? labels.get(basename(name)) ?? [],
    };
  }
}
