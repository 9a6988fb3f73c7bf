import { describe, expect, it } from 'vitest';
import { dicomScope } from '../../src/detect/dicom-text.ts';
import { lastTag } from '../../src/detect/tags.ts';

describe('how free the text of an element is', () => {
  it.each([
    ['(0010,4000)', 'LT', 'text'],
    ['(0040,A160)', 'UT', 'text'],
    ['(0008,0081)', 'ST', 'text'],
    ['(0008,1030)', 'LO', 'text'],
    ['(0008,103E)', 'LO', 'text'],
    ['(0018,9424)', 'LO', 'text'],
    ['(0009,1001)', 'LO', 'text'],
    ['(0009,1001)', 'UN', 'text'],
    ['(0009,0010)', 'LO', 'typed'],
    ['(0009,00FF)', 'LO', 'typed'],
    ['(0009,0100)', 'LO', 'text'],
    ['(0009,0010)', 'UN', 'text'],
    ['(FFFC,FFFC)', 'OB', 'text'],
    ['preamble', '', 'text'],
    ['(0008,0070)', 'LO', 'typed'],
    ['(0008,0104)', 'LO', 'typed'],
    ['(0008,010D)', 'LO', 'typed'],
    ['(0010,0020)', 'LO', 'typed'],
    ['(0008,0050)', 'SH', 'typed'],
    ['(0010,0010)', 'PN', 'typed'],
    ['(0009,1001)', 'PN', 'typed'],
    ['(0020,000D)', 'UI', 'typed'],
    ['(0018,0050)', 'DS', 'typed'],
    ['(0008,0020)', 'DA', 'typed'],
    ['(0008,0060)', 'CS', 'typed'],
    ['(0008,0054)', 'AE', 'typed'],
  ])('%s %s is %s', (path, vr, expected) => {
    expect(dicomScope(lastTag(path), vr)).toBe(expected);
  });
});
