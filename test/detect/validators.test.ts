import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOver89 } from '../../src/detect/validators/age-over-89.ts';
import { date } from '../../src/detect/validators/date.ts';
import { dateShort } from '../../src/detect/validators/date-short.ts';
import { email } from '../../src/detect/validators/email.ts';
import { ip } from '../../src/detect/validators/ip.ts';
import { luhn, luhnHolds } from '../../src/detect/validators/luhn.ts';
import { npi } from '../../src/detect/validators/npi.ts';
import { phoneNanp } from '../../src/detect/validators/phone-nanp.ts';
import { VALIDATORS } from '../../src/detect/validators/registry.ts';
import { ssn } from '../../src/detect/validators/ssn.ts';
import { town, townPlace, townSmall, townSure, townTold } from '../../src/detect/validators/town.ts';
import { url } from '../../src/detect/validators/url.ts';
import { digitsOf, type Validator } from '../../src/detect/validators/validator.ts';
import { vin } from '../../src/detect/validators/vin.ts';
import { zip3 } from '../../src/detect/validators/zip3.ts';
import { NATIONAL_NUMBERS } from './national-numbers.ts';

const TABLES: [name: string, validator: Validator, cases: [text: string, factor: number][]][] = [
  [
    'town',
    town,
    [
      ['Nashua', 1],
      ['Reading', 1],
      ['St. Cloud', 1],
      ['Saint Cloud', 1],
      ["Coeur d'Alene", 1],
      ['KÖLN', 1],
      ['Chennai - 600020', 1],
      ['Progress', 0],
      ['Ward', 0],
      ['Texas', 0],
      ['', 0],
    ],
  ],
  [
    'town-place',
    townPlace,
    [
      ['Houston', 1],
      ['Salt Lake City', 1],
      ['Reading', 0],
      ['Crohn', 0],
      ['Framingham', 0],
    ],
  ],
  [
    'town-sure',
    townSure,
    [
      ['Zanesville', 1],
      ['Des Moines', 1],
      ['Jackson', 0],
      ['Mobile', 0],
    ],
  ],
  [
    'town-told',
    townTold,
    [
      ['Cork', 1],
      ['Jackson', 1],
      ['Baxter', 0],
    ],
  ],
  [
    'town-small',
    townSmall,
    [
      ['tacoma', 1],
      ['el paso', 1],
      ['mobile', 0],
      ['reading', 0],
    ],
  ],
  [
    'ssn',
    ssn,
    [
      ['536-22-8147', 1],
      ['536 22 8147', 1],
      ['001011234', 1],
      ['000-12-3456', 0],
      ['666-12-3456', 0],
      ['123-00-4567', 0],
      ['123-45-0000', 0],
      ['111-11-1111', 0],
      ['999-22-1234', 0.6],
      ['912-70-1234', 0.8],
      ['912-93-1234', 0.4],
      ['987-65-4321', 0.4],
      ['078-05-1120', 0.4],
      ['123-45-6789', 0.4],
      ['12-345', 0],
    ],
  ],
  [
    'npi',
    npi,
    [
      ['1234567893', 1],
      ['1245319599', 1],
      ['1234567890', 0],
      ['3234567893', 0],
      ['123456789', 0],
    ],
  ],
  [
    'luhn',
    luhn,
    [
      ['4111 1111 1111 1111', 1],
      ['4111 1111 1111 1112', 0],
      ['00000000', 0],
      ['18', 0],
    ],
  ],
  [
    'phone-nanp',
    phoneNanp,
    [
      ['(217) 555-7788', 1],
      ['+1 217 555 7788', 1],
      ['217-555-7788, extension 61', 1],
      ['(217) 555-7788 x4471', 1],
      ['12175557788', 1],
      ['217-555-0134', 0.7],
      ['117-555-7788', 0],
      ['211-555-7788', 0],
      ['217-155-7788', 0],
      ['217-411-7788', 0],
      ['2222222222', 0],
      ['555-7788', 0],
      ['+44 20 7946 0958', 1],
      ['+44 20', 0],
    ],
  ],
  [
    'date',
    date,
    [
      ['1962-03-03', 1],
      ['S22.4.9', 0.95],
      ['昭和31年11月3日', 0.95],
      ['令和元年5月1日', 0.95],
      ['R6.13.1', 0],
      ['19620303', 1],
      ['196203031015', 1],
      ['3 March 1962', 1],
      ['3rd of March 1962', 1],
      ['Mar 3rd, 1962', 1],
      ['03-MAR-62', 0.7],
      ['03/03/1962', 1],
      ['31.12.1962', 1],
      ['18.IV.2023', 1],
      ['12/ii/25', 0.7],
      ['18.XV.2023', 0],
      ['12/31/62', 0.7],
      ['02/29/2024', 1],
      ['02/29/2023', 0],
      ['13/13/2024', 0],
      ['1962', 0],
      ['March 1962', 0],
      ['03/1962', 0],
      ['19621332', 0],
      ['03311962', 0.7],
      ['31031962', 0.7],
      ['13321962', 0],
      ['1.2.3', 0],
      ['March 40 2024', 0],
    ],
  ],
  [
    'date-short',
    dateShort,
    [
      ['17.4.24', 1],
      ['14-8-26', 1],
      ['1/5-25', 1],
      ['25-04-26', 1],
      ['26-12-15', 1],
      ['40-50-60', 0],
      ['31.4.24', 0],
      ['1.2.3', 0],
      ['17.4.2024', 0],
    ],
  ],
  [
    'ip',
    ip,
    [
      ['203.0.113.77', 1],
      ['10.20.30.40', 1],
      ['2001:db8:85a3::8a2e:370:7334', 1],
      ['2.16.840.1', 0],
      ['1.3.6.1', 0],
      ['1.2.3.4', 0],
      ['127.0.0.1', 0],
      ['::1', 0],
      ['0.0.0.0', 0],
      ['256.1.1.1', 0],
      ['010.020.030.040', 0],
      ['10:20:30:40', 0],
    ],
  ],
  [
    'zip3',
    zip3,
    [
      ['62704', 1],
      ['62704-1234', 1],
      ['059', 1],
      ['036**', 1],
      ['627', 0],
      ['627**', 0],
      ['00000', 0],
      ['99999', 0],
      ['K1A 0B1', 1],
      ['', 0],
    ],
  ],
  [
    'age-over-89',
    ageOver89,
    [
      ['89', 0],
      ['90', 1],
      ['125', 1],
      ['126', 0],
      ['93.5', 1],
      ['', 0],
    ],
  ],
  [
    'email',
    email,
    [
      ['jane.doe@mail.example', 1],
      ['a@b.co', 1],
      ['.jane@mail.example', 0],
      ['jane..doe@mail.example', 0],
      ['jane@mail', 0],
      ['@mail.example', 0],
      [`${'x'.repeat(70)}@mail.example`, 0],
    ],
  ],
  [
    'url',
    url,
    [
      ['https://portal.example/p/7', 1],
      ['http://user@portal.example', 1],
      ['http://loinc.org/1', 0],
      ['http://terminology.hl7.org/x', 0],
      ['http://x', 0],
      ['portal.example', 0],
    ],
  ],
  [
    'vin',
    vin,
    [
      ['1M8GDM9AXKP042788', 1],
      ['1m8gdm9axkp042788', 1],
      ['1M8GDM9A1KP042788', 0],
      ['11111111111111111', 0],
      ['1M8GDM9AXKP04278O', 0],
    ],
  ],
];

describe.each(TABLES)('%s', (name, validator, cases) => {
  it('is registered under its name', () => {
    expect(VALIDATORS.get(name)).toBe(validator);
  });

  it.each(cases)('%j keeps %f', (text, factor) => {
    expect(validator(text)).toBe(factor);
  });

  it('answers any text with a number from 0 to 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const factor = validator(text);
        expect(factor).toBeGreaterThanOrEqual(0);
        expect(factor).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});

it('knows no validator without a table here', () => {
  expect([...VALIDATORS.keys()].sort()).toEqual([...TABLES, ...NATIONAL_NUMBERS].map(([name]) => name).sort());
});

it('finds one changed digit by Luhn', () => {
  expect(luhnHolds('808401234567893')).toBe(true);
  expect(luhnHolds('808401234567993')).toBe(false);
  expect(digitsOf('+1 (217) 555')).toBe('1217555');
});
