import { describe, expect, it } from 'vitest';
import { isPrivate, lastTag, parseTag, TAG_PATTERN, tagMatches } from '../../src/detect/tags.ts';

const tag = (text: string) => {
  const found = lastTag(text);
  if (found === null) throw new Error(`${text} has no tag`);
  return found;
};

describe('the tag of a path', () => {
  it.each([
    ['(0010,0010)', { group: 0x0010, element: 0x0010 }],
    ['(0040,A730).(0040,A160)', { group: 0x0040, element: 0xa160 }],
    ['nested.(0010,0020)', { group: 0x0010, element: 0x0020 }],
    ['preamble', null],
    ['raw', null],
    ['', null],
    ['PID-5.1', null],
  ])('%s', (path, expected) => {
    expect(lastTag(path)).toEqual(expected);
  });
});

describe('a tag pattern', () => {
  it.each([
    ['(0010,0010)', '(0010,0010)', true],
    ['(0010,0010)', '(0010,0020)', false],
    ['(0010,0010)', '(0011,0010)', false],
    ['(50xx,xxxx)', '(5000,0005)', true],
    ['(50xx,xxxx)', '(501E,3000)', true],
    // An odd group is private, whatever its first digits.
    ['(50xx,xxxx)', '(5001,0005)', false],
    ['(60xx,4000)', '(6002,4000)', true],
    ['(60xx,4000)', '(6002,3000)', false],
    ['(odd,xxxx)', '(0009,1001)', true],
    ['(odd,xxxx)', '(0008,1001)', false],
    ['(odd,10xx)', '(0029,1010)', true],
    ['(odd,10xx)', '(0029,1110)', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(pattern).toMatch(TAG_PATTERN);
    expect(tagMatches(parseTag(pattern), tag(path))).toBe(expected);
  });

  it.each(['0010,0010', '(10,10)', '(0010,001g)', '(even,xxxx)', '(0010,0010)x', '(ffff,0010)'])('%s is none', (text) => {
    expect(text).not.toMatch(TAG_PATTERN);
  });

  it('knows private groups', () => {
    expect([tag('(0009,0010)'), tag('(0010,0010)')].map(isPrivate)).toEqual([true, false]);
  });
});
