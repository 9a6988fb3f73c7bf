import { ageOver89 } from './age-over-89.ts';
import { ahv } from './ahv.ts';
import { bsn } from './bsn.ts';
import { chi } from './chi.ts';
import { codiceFiscale } from './codice-fiscale.ts';
import { cpr } from './cpr.ts';
import { date } from './date.ts';
import { dateShort } from './date-short.ts';
import { dea } from './dea.ts';
import { dniNie } from './dni-nie.ts';
import { email } from './email.ts';
import { eui64 } from './eui64.ts';
import { fodselsnummer } from './fodselsnummer.ts';
import { gtin } from './gtin.ts';
import { hetu } from './hetu.ts';
import { hibc } from './hibc.ts';
import { iban } from './iban.ts';
import { ip } from './ip.ts';
import { itin } from './itin.ts';
import { kvnr } from './kvnr.ts';
import { luhn } from './luhn.ts';
import { mbi } from './mbi.ts';
import { nhs } from './nhs.ts';
import { nifPt } from './nif-pt.ts';
import { nino } from './nino.ts';
import { nir } from './nir.ts';
import { npi } from './npi.ts';
import { personnummer } from './personnummer.ts';
import { pesel } from './pesel.ts';
import { phoneNanp } from './phone-nanp.ts';
import { pps } from './pps.ts';
import { rijksregister } from './rijksregister.ts';
import { ssn } from './ssn.ts';
import { steuerId } from './steuer-id.ts';
import { svnr } from './svnr.ts';
import { town, townPlace, townSmall, townSure, townTold } from './town.ts';
import { url } from './url.ts';
import { usLicense } from './us-license.ts';
import type { Validator } from './validator.ts';
import { vin } from './vin.ts';
import { zip3 } from './zip3.ts';

/** Every validator a rule can name. A new one is a file and a line here. */
export const VALIDATORS: ReadonlyMap<string, Validator> = new Map([
  ['age-over-89', ageOver89],
  ['ahv', ahv],
  ['bsn', bsn],
  ['chi', chi],
  ['codice-fiscale', codiceFiscale],
  ['cpr', cpr],
  ['date', date],
  ['date-short', dateShort],
  ['dea', dea],
  ['dni-nie', dniNie],
  ['email', email],
  ['eui64', eui64],
  ['fodselsnummer', fodselsnummer],
  ['gtin', gtin],
  ['hetu', hetu],
  ['hibc', hibc],
  ['iban', iban],
  ['ip', ip],
  ['itin', itin],
  ['kvnr', kvnr],
  ['luhn', luhn],
  ['mbi', mbi],
  ['nhs', nhs],
  ['nif-pt', nifPt],
  ['nino', nino],
  ['nir', nir],
  ['npi', npi],
  ['personnummer', personnummer],
  ['pesel', pesel],
  ['phone-nanp', phoneNanp],
  ['pps', pps],
  ['rijksregister', rijksregister],
  ['ssn', ssn],
  ['steuer-id', steuerId],
  ['svnr', svnr],
  ['town', town],
  ['town-place', townPlace],
  ['town-small', townSmall],
  ['town-sure', townSure],
  ['town-told', townTold],
  ['url', url],
  ['us-license', usLicense],
  ['vin', vin],
  ['zip3', zip3],
]);
