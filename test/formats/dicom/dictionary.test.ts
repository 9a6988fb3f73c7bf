import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateDicomDictionary } from '../../../scripts/generate-dicom-dictionary.ts';
import { standardVr, tagOf, tagText } from '../../../src/formats/dicom/dictionary.ts';
import { moduleOf } from '../../../src/formats/dicom/module.ts';
import { VR_NAMES } from '../../../src/formats/dicom/vr-code.ts';

it('is what the script makes of the dictionary package', () => {
  const file = new URL('../../../src/formats/dicom/dictionary.generated.ts', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(generateDicomDictionary());
});

describe('standardVr', () => {
  it.each([
    [0x0010, 0x0010, 'PN'],
    [0x0008, 0x0005, 'CS'],
    [0x0040, 0xa730, 'SQ'],
    [0x0028, 0x0106, 'US'],
    [0x7fe0, 0x0010, 'OW'],
    [0xfffc, 0xfffc, 'OB'],
    [0x0000, 0x0002, 'UI'],
    [0x0009, 0x0000, 'UL'],
    [0x0013, 0x0000, 'UL'],
    [0x0009, 0x0010, 'LO'],
    [0x0009, 0x1010, ''],
    [0x6012, 0x3000, 'OW'],
    [0x5002, 0x2500, 'LO'],
    [0x0010, 0xfffe, ''],
  ])('of (%i,%i) is %s', (group, element, vr) => {
    expect(VR_NAMES[standardVr(tagOf(group, element))]).toBe(vr);
  });
});

it('writes tags as the standard does', () => {
  expect([tagText(tagOf(0x10, 0x10)), tagText(tagOf(0xfffa, 0xfffa))]).toEqual(['(0010,0010)', '(FFFA,FFFA)']);
});

it.each([
  [0x0010, 0x0010, 'patient'],
  [0x0008, 0x0050, 'study'],
  [0x0020, 0x000d, 'study'],
  [0x0020, 0x000e, 'series'],
  [0x0008, 0x1090, 'equipment'],
  [0x0018, 0x1000, 'equipment'],
  [0x0008, 0x0018, 'image'],
  [0x0020, 0x4000, 'image'],
  [0x6000, 0x4000, 'image'],
  [0x0040, 0xa160, 'sr'],
  [0x0040, 0x0275, 'procedure'],
  [0x0002, 0x0016, 'file'],
  [0x0019, 0x1001, 'private'],
  [0x0088, 0x0130, 'other'],
])('puts (%i,%i) into module %s', (group, element, slug) => {
  expect(moduleOf(group, element)).toBe(slug);
});
