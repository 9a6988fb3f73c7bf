import type { Validator } from './validator.ts';

/**
 * A web address that can lead to a person: http(s) or ftp with a host. Namespaces of standards (hl7.org, w3.org, loinc.org, snomed.info …)
 * name vocabularies, not people.
 */
export const url: Validator = (text) => {
  const host =
    /^(?:https?|ftp):\/\/(?:[^/@\s]*@)?([^/:?#\s]+)/i.exec(text)?.[1]?.toLowerCase() ??
    (/^www\./i.test(text) ? text.toLowerCase() : '');
  if (host === '' || !host.includes('.')) return 0;
  return STANDARDS.test(host) ? 0 : 1;
};

const STANDARDS =
  /(?:^|\.)(?:hl7\.org|w3\.org|loinc\.org|snomed\.info|ihe\.net|nlm\.nih\.gov|unitsofmeasure\.org|iso\.org|ietf\.org)$/;
