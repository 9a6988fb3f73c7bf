import { describe, expect, it } from 'vitest';
import { isoTime, parseDuration, systemClock } from '../../src/core/clock.ts';

describe('parseDuration', () => {
  it.each([
    ['PT30M', 1_800_000],
    ['P14D', 1_209_600_000],
    ['P1DT2H3M4S', 93_784_000],
    ['P6Y', 2196 * 86_400_000],
    ['P1Y2DT1S', 368 * 86_400_000 + 1000],
    ['PT0S', 0],
    ['P', null],
    ['PT', null],
    ['P1DT', null],
    ['30m', null],
    ['P1M', null],
  ])('%s is %s ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe('time', () => {
  it('is told in UTC', () => {
    expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
    expect(isoTime(systemClock())).toMatch(/^20\d\d-/);
  });
});
