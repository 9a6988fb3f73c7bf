import { charactersOf, type Validator } from './validator.ts';

/**
 * National Insurance number of the United Kingdom (HMRC NIM39110): two letters, six digits, a letter A to D. It has no check digit. `QQ` is
 * what forms print as an example and counts less.
 */
export const nino: Validator = (text) => {
  const code = charactersOf(text);
  if (!/^[A-Z]{2}\d{6}[A-D]$/.test(code)) return 0;
  if (code.startsWith('QQ')) return 0.4;
  return /^[DFIQUV]|^.[DFIOQUV]|^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(code) ? 0 : 1;
};
