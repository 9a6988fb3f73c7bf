import { ageOver89 } from './age-over-89.ts';
import { date } from './date.ts';
import { email } from './email.ts';
import { ip } from './ip.ts';
import { luhn } from './luhn.ts';
import { npi } from './npi.ts';
import { phoneNanp } from './phone-nanp.ts';
import { ssn } from './ssn.ts';
import { url } from './url.ts';
import type { Validator } from './validator.ts';
import { vin } from './vin.ts';
import { zip3 } from './zip3.ts';

/** Every validator a rule can name. A new one is a file and a line here. */
export const VALIDATORS: ReadonlyMap<string, Validator> = new Map([
  ['age-over-89', ageOver89],
  ['date', date],
  ['email', email],
  ['ip', ip],
  ['luhn', luhn],
  ['npi', npi],
  ['phone-nanp', phoneNanp],
  ['ssn', ssn],
  ['url', url],
  ['vin', vin],
  ['zip3', zip3],
]);
