import type { Validator } from './validator.ts';

/** A mailbox of RFC 5321 as people write it: dot-atoms on both sides, a top-level domain of letters, no longer than 254 octets. */
export const email: Validator = (text) => {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (at < 1 || at > 64 || text.length > 254 || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return 0;
  return /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24}$/u.test(domain) ? 1 : 0;
};
