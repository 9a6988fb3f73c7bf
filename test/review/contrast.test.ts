import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/review/static/css/0-base.css', import.meta.url), 'utf8');

/** The custom properties of the block that starts with `selector {`. */
function colours(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const LIGHT = colours(':root');
const DARK = colours(':root[data-theme="dark"]');
const GROUNDS = ['ground', 'rail', 'raised', 'hover'];
const TEXTS = ['text', 'quiet', 'accent', 'critical', 'high', 'medium', 'low', 'good'];
const PAIRS = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ['on-accent', 'accent-ground'],
  ['text', 'accent-soft'],
  ['text', 'alert-ground'],
] as const;

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('%s', (_, palette) => {
  it.each(PAIRS)('%s on %s reads at 4.5:1', (text, ground) => {
    expect(contrast(palette.get(text) ?? '', palette.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

it('is as dark by choice as by the system', () => {
  expect([...colours(':root:not([data-theme="light"])')]).toEqual([...DARK]);
  expect([...DARK.keys()]).toEqual([...LIGHT.keys()]);
});
