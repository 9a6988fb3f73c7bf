import type { Category } from '../../../../src/core/vocabulary.ts';
import type { Random } from '../../../../src/demo/random.ts';
import type { Filling } from '../filling.ts';
import type { CorpusFile, Split } from '../label.ts';
import { encode, labelsOf, type Sheet } from '../marks.ts';
import type { Scene } from '../person.ts';
import { sceneOf } from '../scene.ts';
import type { Dialect } from './dialect.ts';
import { pathsOf, render, type Segment } from './structure.ts';
import { createWriter, type Writer } from './writer.ts';

/** What every PID here has. */
const IN_PID: ReadonlySet<Category> = new Set(['name', 'date', 'mrn', 'phone', 'street']);

/** One message being made. */
export interface Draft {
  readonly random: Random;
  readonly split: Split;
  readonly sheet: Sheet;
  readonly scene: Scene;
  readonly dialect: Dialect;
  readonly writer: Writer;
  readonly filling: Filling;
}

export function createDraft(random: Random, split: Split, sheet: Sheet, dialect: Dialect): Draft {
  const scene = sceneOf(random, split, dialect.locales);
  const writer = createWriter({ random, split, sheet, scene, dialect });
  return { random, split, sheet, scene, dialect, writer, filling: { random, split, sheet, scene, known: IN_PID } };
}

/** Bytes and labels of segments as they stand. */
export function hl7FileOf(name: string, style: string, { sheet, dialect }: Draft, segments: readonly Segment[]): CorpusFile {
  const text = render(segments, { text: dialect.delimiters }, dialect.terminator);
  const { bytes, placed } = encode(dialect.charset === 'UNICODE' ? `\uFEFF${text}` : text, dialect.encoder);
  return { name, format: 'hl7v2', style, bytes, labels: labelsOf(name, sheet, placed, pathsOf(segments)) };
}
