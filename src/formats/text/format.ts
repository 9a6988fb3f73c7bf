import type { Body, Format, Parsed } from '../../core/format.ts';
import { withElided } from '../coverage.ts';
import { interchangeOf, withUsualSeparators } from './interchange.ts';
import { rawParsed } from './raw.ts';
import { openSource } from './source.ts';

/** What no other format claims: exchanges that are read as text (interchange.ts), lines of text, or the printable runs of binary. Claims everything, with the least confidence. */
export const text: Format = {
  name: 'raw',
  sniff: () => 0.01,
  parse(body: Body): Parsed[] {
    const source = openSource(body.bytes);
    const type = interchangeOf(body.bytes)?.type ?? '';
    const usual = source.transcoded ? null : withUsualSeparators(source.buffer);
    const read = usual === null ? source : { ...source, buffer: usual };
    return withElided([{ ...rawParsed(read, 0, source.buffer.length, []), type }], body.elided);
  },
};
