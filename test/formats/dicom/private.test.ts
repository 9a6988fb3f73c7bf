import { describe, expect, it } from 'vitest';
import { element, writeDicom } from '../../../src/demo/dicom/write.ts';
import { tagOf } from '../../../src/formats/dicom/dictionary.ts';
import { createBlocks, creatorsIn, privateVr, reserve } from '../../../src/formats/dicom/private.ts';
import { VR_NAMES } from '../../../src/formats/dicom/vr-code.ts';
import { leafAt } from '../support.ts';
import { object } from './support.ts';

describe('reserved blocks', () => {
  const bytes = Buffer.from('GEMS_IDEN_01 \0nobody');
  const vr = (blocks: ReturnType<typeof createBlocks>, level: number, element: number): string =>
    VR_NAMES[privateVr(blocks, level, tagOf(0x0009, element))] ?? '';

  it('give the VR that their creator gives, in the data set that reserves them', () => {
    const blocks = createBlocks();
    reserve(blocks, 0, tagOf(0x0009, 0x0010), bytes, 0, 14);
    reserve(blocks, 0, tagOf(0x0009, 0x0011), bytes, 14, 20);
    expect([vr(blocks, 0, 0x1002), vr(blocks, 0, 0x1027)]).toEqual(['SH', 'SL']);
    expect([vr(blocks, 0, 0x1102), vr(blocks, 0, 0x1202), vr(blocks, 2, 0x1002)]).toEqual(['', '', '']);
  });

  it('are forgotten when their item is closed, and are not without number', () => {
    const blocks = createBlocks();
    reserve(blocks, 2, tagOf(0x0009, 0x0010), bytes, 0, 14);
    expect(vr(blocks, 2, 0x1002)).toBe('SH');
    reserve(blocks, 0, tagOf(0x0009, 0x0011), bytes, 14, 20);
    expect(vr(blocks, 2, 0x1002)).toBe('');
    for (let times = 0; times < 1000; times++) reserve(blocks, 0, tagOf(0x0009, 0x0012), bytes, 0, 14);
    reserve(blocks, 0, tagOf(0x0009, 0x0013), bytes, 0, 14);
    expect([vr(blocks, 0, 0x1202), vr(blocks, 0, 0x1302)]).toEqual(['SH', '']);
  });
});

it('finds the creator of a private leaf beside it', () => {
  const parsed = object(
    writeDicom({
      elements: [
        element('(0009,0010)', 'LO', 'ACME 1.0'),
        element('(0009,1001)', 'LO', 'a\\b'),
        element('(0009,1101)', 'LO', 'c'),
        element('(0010,0010)', 'PN', 'DOE'),
        element('(0040,A730)', 'SQ', [[element('(0009,0010)', 'LO', 'OTHER'), element('(0009,1001)', 'LO', 'd')]]),
      ],
    }),
  );
  const creators = creatorsIn(parsed.leaves);
  const creator = (path: string): string | null => creators.get(leafAt(parsed, path)) ?? null;
  expect(creator('(0009,1001)[2]')).toBe('ACME 1.0');
  expect(creator('(0040,A730).(0009,1001)')).toBe('OTHER');
  expect([creator('(0009,1101)'), creator('(0010,0010)')]).toEqual([null, null]);
});
