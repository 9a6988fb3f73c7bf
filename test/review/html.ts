import { expect } from 'vitest';

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>/y;

/** Reads markup strictly: every element closed in order, every attribute quoted, no stray `<`. Returns the tags with their attributes. */
export function tagsOf(markup: string): { name: string; attributes: string }[] {
  const open: string[] = [];
  const tags: { name: string; attributes: string }[] = [];
  const text = markup.replace(/^<!doctype html>/i, '');
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    TAG.lastIndex = at;
    const match = TAG.exec(text);
    expect(match, `not a tag: ${text.slice(at, at + 80)}`).not.toBeNull();
    const [whole = '', closing, name = '', attributes = '', empty] = match ?? [];
    if (closing === '/') expect(open.pop(), `</${name}> closes`).toBe(name);
    else {
      tags.push({ name, attributes });
      if (!VOID.has(name) && empty !== '/') open.push(name);
    }
    at += whole.length;
  }
  expect(open).toEqual([]);
  return tags;
}

/** What the content security policy would refuse must not be there to begin with. */
export function expectCleanPage(markup: string): void {
  const tags = tagsOf(markup);
  for (const { name, attributes } of tags) {
    expect(attributes, `<${name}>`).not.toMatch(/\s(style|on[a-z]+)(=|\s|$)/);
    expect(attributes, `<${name}>`).not.toMatch(/(href|src|action)="(?!\/)[^"#]/);
    expect(name).not.toBe('style');
    if (name === 'script') expect(attributes).toMatch(/ src="\/static\//);
  }
  expect(markup).toMatch(/<script src="[^"]+"><\/script>/);
  expect(tags.filter(({ name }) => name === 'h1')).toHaveLength(1);
  expect(tags.filter(({ name }) => name === 'main')).toHaveLength(1);
}
