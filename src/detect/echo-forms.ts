import type { IdentityValue } from '../core/format.ts';
import { dateNeedle } from './echo-date.ts';
import { nameNeedle } from './echo-name.ts';
import { emailNeedle, numberNeedle, phoneNeedle } from './echo-number.ts';
import { streetNeedle } from './echo-street.ts';
import type { Needle } from './needle.ts';

/** The needle of a value; null where it is too short or too common to be looked for. */
export function needleOf(value: IdentityValue): Needle | null {
  const [first = ''] = value.parts;
  switch (value.kind) {
    case 'name':
      return nameNeedle(value.parts);
    case 'date':
      return dateNeedle(first);
    case 'number':
      return numberNeedle(first);
    case 'phone':
      return phoneNeedle(first);
    case 'email':
      return emailNeedle(first);
    case 'street':
      return streetNeedle(first);
  }
}
