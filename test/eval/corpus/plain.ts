import { createRandom } from '../../../src/demo/random.ts';
import { westernEuropean } from './charsets.ts';
import type { Filling } from './filling.ts';
import type { CorpusFile, Split } from './label.ts';
import { createSheet, encode, labelsOf, utf8, utf16 } from './marks.ts';
import { notesOf, sceneFor } from './scene.ts';
import { cleanRemark, noteText, remark } from './texts.ts';

/** Plain text: one note of a style, or a run of remarks as a log keeps them. */
export function plainFile(seed: number, index: number, split: Split): CorpusFile {
  const random = createRandom(seed, `plain/${split}/${index}`);
  const sheet = createSheet();
  const note = random.pick(notesOf(split).notes);
  const filling: Filling = { random, split, sheet, scene: sceneFor(random, split, note), known: new Set() };
  const log = note.language === 'en' && random.chance(0.25);
  const text = log
    ? Array.from({ length: random.int(3, 8) }, () => (random.chance(0.6) ? remark(filling) : cleanRemark(filling))).join('\n')
    : noteText(note, filling);
  const [encoder, bom] = random.pick([
    [utf8, ''],
    [utf8, ''],
    [utf8, '\uFEFF'],
    [westernEuropean, ''],
    [utf16, '\uFEFF'],
  ] as const);
  const { bytes, placed } = encode(`${bom}${random.chance(0.2) ? text.replaceAll('\n', '\r\n') : text}\n`, encoder);
  const name = `text-${index}.txt`;
  return { name, format: 'text', style: log ? 'remarks' : note.style, bytes, labels: labelsOf(name, sheet, placed) };
}
