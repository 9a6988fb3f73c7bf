import { charactersOf, type Validator } from './validator.ts';

/** An EUI-64 (IEEE): sixteen hexadecimal digits, not one all over, neither all zeros nor a group address. */
export const eui64: Validator = (text) => {
  const code = charactersOf(text);
  if (!/^[0-9A-F]{16}$/.test(code) || /^(.)\1+$/.test(code)) return 0;
  return (Number.parseInt(code.slice(0, 2), 16) & 1) === 0 ? 1 : 0;
};
