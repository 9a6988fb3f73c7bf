import ipaddr from 'ipaddr.js';
import type { Validator } from './validator.ts';

const NOBODY = new Set(['unspecified', 'loopback', 'multicast', 'broadcast']);

/**
 * An IPv4 or IPv6 address of a host. Versions and object identifiers look alike: four decimal parts without leading zeros are asked
 * for, and the arcs that OIDs start with (`1.2.840.1`, `2.16.840.1`, `1.3.6.1`) are none: 840 is over 255, 1.3.6 is named here.
 */
export const ip: Validator = (text) => {
  if (ipaddr.IPv6.isValid(text)) return NOBODY.has(ipaddr.IPv6.parse(text).range()) ? 0 : 1;
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) || /(?:^|\.)0\d/.test(text)) return 0;
  if (/^(?:0|1\.3\.6)\./.test(text) || NOBODY.has(ipaddr.IPv4.parse(text).range())) return 0;
  // `1.2.3.4` and the like are versions more often than hosts.
  return text.length < 9 && /^\d\./.test(text) ? 0 : 1;
};
