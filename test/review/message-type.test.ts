import { expect, it } from 'vitest';
import { typeLabel } from '../../src/review/message-type.ts';

it.each([
  ['1.2.840.10008.5.1.4.1.1.2', 'CT Image'],
  ['1.2.840.10008.5.1.4.1.1.6.1', 'Ultrasound Image'],
  ['1.2.840.10008.5.1.4.1.1.999', '1.2.840.10008.5.1.4.1.1.999'],
  ['1.3.6.1.4.1.99', '1.3.6.1.4.1.99'],
  ['ORU^R01', 'ORU^R01'],
  ['', ''],
])('%s is shown as "%s"', (type, label) => {
  expect(typeLabel(type)).toBe(label);
});
