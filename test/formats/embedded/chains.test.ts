import { describe, expect, it } from 'vitest';
import type { Leaves } from '../../../src/core/format.ts';
import { findCandidates } from '../../../src/formats/embedded/candidates.ts';
import { parse, utf8 } from '../support.ts';

describe('keys at one place, one after the other', () => {
  /** How often texts are asked for while documents are looked for among so many keys. */
  const looks = (keys: number): number => {
    const ids = Array.from({ length: keys }, (_, at) => `<id root="107c2dc0-67a5-11db-bd13-${String(at).padStart(12, '0')}"/>`);
    const [parsed] = parse(utf8(`<?xml version="1.0"?><a>${ids.join('')}</a>`));
    if (parsed === undefined) throw new Error('nothing read');
    let asked = 0;
    const leaves: Leaves = {
      ...parsed.leaves,
      text(leaf) {
        asked++;
        return parsed.leaves.text(leaf);
      },
    };
    expect(findCandidates(leaves, 1 << 20)).toEqual([]);
    return asked;
  };

  it('are looked at as often as they are many', () => {
    expect(looks(4000)).toBeLessThan(looks(1000) * 6);
  });
});
