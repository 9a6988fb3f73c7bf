import { isBirthDay, pairsOf } from './birth-day.ts';
import { digitsOf, type Validator } from './validator.ts';

const CHECK = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** Finnish personal identity code: DDMMYY, a sign for the century, a serial, and the nine digits modulo 31 as a character. Serials from 900 are for tests. */
export const hetu: Validator = (text) => {
  const code = text.trim().toUpperCase();
  if (!/^\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]$/.test(code)) return 0;
  const [day, month, year] = pairsOf(code);
  if (!isBirthDay(year, month, day)) return 0;
  const serial = code.slice(7, 10);
  if (CHECK.charAt(Number(digitsOf(code.slice(0, 6)) + serial) % 31) !== code.charAt(10)) return 0;
  return serial >= '900' ? 0.6 : 1;
};
