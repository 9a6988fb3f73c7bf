import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../src/formats/registry.ts';

/** What is printed, and the bytes that each line of it came from. */
function printed(text: string): [said: string, bytes: string | null][] {
  const body = Buffer.from(text);
  return parseBody({ bytes: body, elided: [] }).flatMap(({ leaves }) => {
    const inner = Array.from({ length: leaves.count - (leaves.own ?? leaves.count) }, (_, at) => (leaves.own ?? 0) + at);
    return inner.map((leaf): [string, string | null] => {
      const span = leaves.spanOf(leaf, 0, leaves.text(leaf).length);
      return [leaves.text(leaf), span === null ? null : body.toString('utf8', span.start, span.end)];
    });
  });
}

describe('what goes to a printer of labels', () => {
  it('is read as what is printed, in ZPL', () => {
    const zpl =
      '^XA^CI28\n^FO50,50^A0N,30,30^FDBRANDVOLD, LEIF^FS\n^FO50,90^FB400,2^FDDOB 11/30/1958\\&Ward 4B^FS^FO5,5^BCN,80^FD>:A24-118823^FS\n^FH^FDM_C3_BCller^FS\n^XZ\n';
    expect(printed(`spool\n${zpl}`)).toEqual([
      ['BRANDVOLD, LEIF', 'BRANDVOLD, LEIF'],
      ['DOB 11/30/1958', 'DOB 11/30/1958'],
      ['Ward 4B', 'Ward 4B'],
      ['A24-118823', 'A24-118823'],
      ['Müller', 'M_C3_BCller'],
    ]);
  });

  it.each([
    ['EPL', 'N\nA12,8,0,3,1,1,N,"OKONKWO, ADAEZE"\nB12,102,0,1,2,4,52,B,"23H4410872"\nP2\n'],
    ['TSPL', 'SIZE 50 mm, 25 mm\nTEXT 10,10,"3",0,1,1,"OKONKWO, ADAEZE"\nBARCODE 10,50,"128",60,1,0,2,2,"23H4410872"\nPRINT 1\n'],
  ])('is read as what is printed, in %s', (_language, text) => {
    expect(printed(`spool\n${text}`)).toEqual([
      ['OKONKWO, ADAEZE', 'OKONKWO, ADAEZE'],
      ['23H4410872', '23H4410872'],
    ]);
  });

  it('is a label at a time', () => {
    expect(printed('^XA^FDone^FS^XZ\n^XA^FDtwo^FS^XZ\n').map(([said]) => said)).toEqual(['one', 'two']);
  });

  it('is left to the text where nothing is printed', () => {
    expect(printed('^XA^FD^FS^XZ\nA12 said "no" to B3\nTEXT me\n')).toEqual([]);
  });

  it('costs what its size does', () => {
    // Each line would be read with all lines behind it, were the lines not taken; the test would not come back.
    for (const line of ['^FD\n', '^FDx', 'A1,1,1,x"\n', 'A1,1,1,x"y"\n'])
      expect(parseBody({ bytes: Buffer.from(`x\n${line.repeat(15_000)}`), elided: [] })).toHaveLength(1);
  });
});
