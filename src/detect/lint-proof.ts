import type { Report } from './lint-report.ts';
import type { Rule } from './pack.ts';

/** Validators that work out check digits. Of random numbers one in ten to one in ninety-seven passes, and a hospital's messages are full of numbers. */
const CHECKSUMS: ReadonlySet<string> = new Set([
  'ahv',
  'bsn',
  'chi',
  'codice-fiscale',
  'cpr',
  'dea',
  'dni-nie',
  'fodselsnummer',
  'gtin',
  'hetu',
  'hibc',
  'iban',
  'kvnr',
  'luhn',
  'nhs',
  'nif-pt',
  'nir',
  'npi',
  'personnummer',
  'pesel',
  'pps',
  'rijksregister',
  'steuer-id',
  'svnr',
  'vin',
]);

/** From here on a finding is taken for sure. */
const SURE = 0.9;

/** A check digit alone never makes a rule sure: it takes a place, a word near by, or something else of the message that says what the number is. */
export function checkProof(rule: Rule, report: Report): void {
  const { confidence, pattern, validate = [] } = rule;
  if (pattern === undefined || confidence < SURE || !validate.some((name) => CHECKSUMS.has(name)) || isSaid(rule)) return;
  report(
    ['confidence'],
    `${confidence} for a number that only its check digit proves; give "context", "keywords", "when" or places, or a confidence below ${SURE}`,
  );
}

function isSaid({ context, keywords, when, scope }: Rule): boolean {
  const places = [scope?.paths, scope?.types, scope?.tags, scope?.fhir, scope?.cda, scope?.columns];
  return context !== undefined || keywords !== undefined || when !== undefined || places.some((each) => each !== undefined);
}
