import { describe, expect, it } from 'vitest';
import { peekDocument } from '../../src/formats/peek-document.ts';
import { utf8 } from './support.ts';

describe('what accepting needs of a document', () => {
  it.each([
    ['XML', '<?xml version="1.0"?><ClinicalDocument/>\n', true],
    ['XML that ends too soon', '<?xml version="1.0"?><ClinicalDocument><title>Jane', false],
    ['a table', 'mrn,name,dob\n1,2,3\n4,5,6\n', true],
    ['a data set in JSON', '[{"00100020":{"vr":"LO","Value":["4471902"]}}]\n', true],
    ['a data set in JSON that ends too soon', '[{"00100020":{"vr":"LO","Value":["4471902"', false],
    ['records of an analyser', 'H|\\^&|||COBAS\rP|1|4471902\rL|1|N\r', true],
    ['records of an analyser that end too soon', 'H|\\^&|||COBAS\rP|1|4471902\r', false],
    ['prose', 'seen today', null],
    ['HTML', '<html><p>seen today</p></html>', null],
  ])('%s', (_what, text, readable) => {
    expect(peekDocument(utf8(text))?.readable ?? null).toBe(readable);
  });

  it('reads UTF-16', () => {
    expect(peekDocument(Buffer.from('\ufeff<?xml version="1.0"?><a/>\r\n', 'utf16le'))?.readable).toBe(true);
  });
});
