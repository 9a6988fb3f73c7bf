import { describe, expect, it } from 'vitest';
import { isNearOwnDay, ownDays } from '../../src/detect/near-day.ts';
import { detect } from '../../src/detect/scan.ts';
import { message, shippedRules } from '../support/rules.ts';

const near = (short: string, ...full: string[]) => isNearOwnDay(short, ownDays(full));

describe('a day in two figures', () => {
  it('is one where a day that the message has in full is near it, whichever way that is written', () => {
    for (const full of [
      '20/01/2025',
      '2025-01-20',
      '20250120',
      '202501201030-0500',
      '20 January 2025',
      'January 20th, 2025',
      '20. Januar 2025',
    ])
      expect([full, near('17/1', full)]).toEqual([full, true]);
    expect(near('17/8', '20/01/2025')).toBe(false);
    expect(near('17/1')).toBe(false);
  });

  it('is read by the order in which the message writes its days', () => {
    expect(near('10/2', '02/25/2025')).toBe(false);
    expect(near('10/2', '25/02/2025')).toBe(true);
    expect(near('2/10', '02/25/2025')).toBe(true);
    // Either, where its days tell no order.
    expect([near('10/2', '03/02/2025'), near('2/10', '03/02/2025')]).toEqual([true, true]);
  });

  it('is near over the turn of a year', () => {
    expect(near('28/12', '03/01/2025')).toBe(true);
  });

  it('is no day of days that are long past: births and operations', () => {
    expect(near('17/1', '20/01/1962', '14/08/2025')).toBe(false);
  });

  it('has points only where the message writes days with points alone', () => {
    expect(near('24.1.', '20.01.2025')).toBe(true);
    expect(near('24.1.', '20/01/2025')).toBe(false);
    expect(near('24.1.', '20.01.2025', '21/01/2025')).toBe(false);
  });

  it('is a course of days or months where the day comes first: 10/7, 6/12', () => {
    expect(near('10/7', '20/06/2025')).toBe(false);
    expect(near('10/7', '06/20/2025')).toBe(false);
    expect(near('19/7', '20/06/2025')).toBe(true);
    expect(near('6/12', '20/12/2025')).toBe(false);
  });

  it('is reported in a message that says whose it is, and passed over by policies', () => {
    const found = (...segments: string[]) =>
      detect(message(...segments), shippedRules()).matches.filter(({ rule }) => rule === 'likely.own-day');
    const person = 'PID|1||4471823^^^H^MR||Doe^Jane';
    expect(found(person, 'NTE|1||Seen 20/01/2025; last dialysed 11/1 at home')).toMatchObject([{ lone: true }]);
    expect(found(person, 'NTE|1||Seen 20/01/2025; last dialysed 11/8 at home')).toEqual([]);
    expect(found(person, 'NTE|1||last dialysed 11/1 at home')).toEqual([]);
    expect(found('NTE|1||Seen 20/01/2025; last dialysed 11/1 at home')).toEqual([]);
  });
});
