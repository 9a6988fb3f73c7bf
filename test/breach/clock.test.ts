import { describe, expect, it } from 'vitest';
import { breachClock, type Delay, dayIn, isDay } from '../../src/breach/clock.ts';

const due = (discovered: string, people: number, residentsOfOneState: number | null = null, today = discovered) =>
  Object.fromEntries(
    breachClock(discovered, { people, residentsOfOneState }, today).notices.map(({ to, due: day }) => [to, day]),
  );

describe('the clock of 45 CFR 164.404 to 408', () => {
  const days: [string, number, number | null, Record<string, string>][] = [
    // Fewer than 500: the Secretary within 60 days of the end of the year of discovery.
    ['2026-11-24', 499, null, { individuals: '2027-01-23', secretary: '2027-03-01' }],
    // The year after is a leap year: 31 + 29 = 60.
    ['2027-11-24', 1, 1, { individuals: '2028-01-23', secretary: '2028-02-29' }],
    // Over the leap day.
    ['2028-01-01', 1, null, { individuals: '2028-03-01', secretary: '2029-03-01' }],
    // Nobody counted: what is not known is not few.
    ['2026-11-24', 0, null, { individuals: '2027-01-23', secretary: '2027-01-23' }],
    ['2026-01-01', 12, null, { individuals: '2026-03-02', secretary: '2027-03-01' }],
    ['2027-12-31', 12, null, { individuals: '2028-02-29', secretary: '2028-02-29' }],
    ['2028-02-29', 12, null, { individuals: '2028-04-29', secretary: '2029-03-01' }],
    // 500 or more: the Secretary as soon as the individuals.
    ['2026-11-24', 500, null, { individuals: '2027-01-23', secretary: '2027-01-23' }],
    // The media: more than 500 residents of one state, not 500.
    ['2026-11-24', 900, 500, { individuals: '2027-01-23', secretary: '2027-01-23' }],
    ['2026-11-24', 900, 501, { individuals: '2027-01-23', media: '2027-01-23', secretary: '2027-01-23' }],
    // A century that is no leap year.
    ['2099-12-31', 3, null, { individuals: '2100-03-01', secretary: '2100-03-01' }],
  ];
  it.each(days)('discovered on %s, of %i people, %s in one state', (discovered, people, residents, notices) => {
    expect(due(discovered, people, residents)).toEqual(notices);
  });

  it('counts from the day after discovery, and says when it is late', () => {
    const on = (today: string) => breachClock('2026-11-24', { people: 1, residentsOfOneState: null }, today);
    expect(on('2026-11-24')).toMatchObject({ elapsed: 0, notices: [{ daysLeft: 60 }, {}] });
    expect(on('2027-01-23')).toMatchObject({ elapsed: 60, notices: [{ daysLeft: 0 }, {}] });
    expect(on('2027-01-24')).toMatchObject({ elapsed: 61, notices: [{ daysLeft: -1 }, {}] });
  });

  it('says that the residents of one state have to be counted, where that decides', () => {
    const of = (people: number, residents: number | null) =>
      breachClock('2026-11-24', { people, residentsOfOneState: residents }, '2026-11-24').residentsUnknown;
    expect([of(500, null), of(501, null), of(501, 0), of(12, null), of(0, null)]).toEqual([false, true, false, false, true]);
  });

  it('puts off what law enforcement delays past its term, and nothing else', () => {
    const with_ = (people: number, until: string) => {
      const delay: Delay = { statement: 'written', on: '2026-12-01', until };
      const affected = { people, residentsOfOneState: people };
      return breachClock('2026-11-24', affected, '2026-12-01', delay).notices.map(({ due: day }) => day);
    };
    expect(with_(900, '2027-03-31')).toEqual(['2027-03-31', '2027-03-31', '2027-03-31']);
    expect(with_(900, '2026-12-31')).toEqual(['2027-01-23', '2027-01-23', '2027-01-23']);
    // The yearly log: 164.408(c) has no such exception.
    expect(with_(12, '2027-03-31')).toEqual(['2027-03-31', '2027-03-01']);
  });

  it('refuses what is no day or no number of people', () => {
    expect(() => due('2026-02-29', 1)).toThrow(RangeError);
    expect(() => due('2026-2-3', 1)).toThrow(RangeError);
    expect(() => due('2026-02-28', -1)).toThrow(RangeError);
    expect(() => due('2026-02-28', 1.5)).toThrow(RangeError);
    expect(isDay('2028-02-29')).toBe(true);
  });

  it('takes the day of discovery where the people are', () => {
    const at = Date.UTC(2026, 10, 25, 3, 30);
    expect(dayIn(at, 'UTC')).toBe('2026-11-25');
    expect(dayIn(at, 'America/New_York')).toBe('2026-11-24');
    expect(dayIn(at, 'Asia/Tokyo')).toBe('2026-11-25');
  });
});
