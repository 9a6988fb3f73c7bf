import { writeDicom } from '../../../../src/demo/dicom/write.ts';
import { createRandom } from '../../../../src/demo/random.ts';
import {
  DEFLATED_LITTLE,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
} from '../../../../src/formats/dicom/transfer-syntax.ts';
import { westernEuropean } from '../charsets.ts';
import { fill } from '../fill.ts';
import type { Filling } from '../filling.ts';
import type { CorpusFile, Label, Split } from '../label.ts';
import { createSheet, encode, utf8 } from '../marks.ts';
import { ascii } from '../person.ts';
import { sceneOf } from '../scene.ts';
import { locate, make, written } from './elements.ts';
import { common, type Maker, OBJECTS } from './objects.ts';

/** A DICOM file with what its kind of object has, in one of the transfer syntaxes. */
export function dicomFile(seed: number, index: number, split: Split): CorpusFile {
  const random = createRandom(seed, `dicom/${split}/${index}`);
  const sheet = createSheet();
  const scene = sceneOf(random, split, []);
  const filling: Filling = { random, split, sheet, scene, known: new Set(['name', 'date', 'mrn']) };
  const m: Maker = {
    random,
    split,
    sheet,
    filling,
    mark: (category, subject, text, optional) => sheet.mark(text, { category, subject, kind: 'structured', optional }),
  };
  const [kind, build] = random.pick(Object.entries(OBJECTS));
  const { modality, elements } = build(m);
  const latin = random.chance(0.4);
  const encoder = latin ? westernEuropean : utf8;
  const charset = make('(0008,0005)', 'CS', latin ? 'ISO_IR 100' : 'ISO_IR 192');
  const all = [charset, ...common(m, modality), ...elements].sort((one, other) =>
    one.tag < other.tag ? -1 : one.tag > other.tag ? 1 : 0,
  );
  const transferSyntax = random.pick([EXPLICIT_LITTLE, EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED_LITTLE]);
  const trailing = kind === 'image' && random.chance(0.2) ? trailer(m) : null;
  const bytes = writeDicom({
    transferSyntax,
    elements: all.map((each) => written(each, encoder)),
    ...(trailing === null ? {} : { trailing: trailing.bytes }),
  });
  const name = `dicom-${index}.dcm`;
  const labels = locate(name, sheet, all, bytes, transferSyntax, encoder);
  const after = trailing === null ? [] : trailing.labels(name, bytes.length, transferSyntax === DEFLATED_LITTLE);
  const hidden = sheet.hidden.map((each) => ({ ...each, file: name, start: null, end: null }));
  return {
    name,
    format: 'dicom',
    style: `dicom-${kind}${transferSyntax === DEFLATED_LITTLE ? '-deflated' : ''}`,
    bytes,
    labels: [...labels, ...after, ...hidden],
  };
}

/** Text that some exporter wrote behind the data set; behind a deflated one nothing has bytes of its own. */
function trailer(m: Maker): { bytes: Uint8Array; labels(file: string, size: number, deflated: boolean): Label[] } {
  const text = fill(`Exported for {name} as ${ascii(m.filling.scene.hospital)}`, { ...m.filling, kind: 'blind-spot' });
  const { bytes, placed } = encode(text, utf8);
  return {
    bytes,
    labels: (file, size, deflated) =>
      placed.map(({ number, start, end, text: value }) => {
        const at = size - bytes.length;
        const span = deflated ? { start: null, end: null } : { start: at + start, end: at + end };
        return { ...m.sheet.meaning(number), ...span, file, path: deflated ? '' : 'raw', text: value };
      }),
  };
}
