import { describe, expect, it } from 'vitest';
import { sampleFile } from '../../../src/detect/dicom-sample.ts';
import { detect } from '../../../src/detect/scan.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedRules } from '../../support/rules.ts';

const SAID = 'Patient KATHERINE RIVERA, MRN 4471823, call 217-555-0134 at home.';
const bytes = Buffer.from(SAID);
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const each = (write: (byte: number) => string): string => [...bytes].map(write).join('');

const WRITTEN: Readonly<Record<string, string>> = {
  'percent-encoding of every character': each((byte) => `%${hex(byte)}`),
  'percent-encoding': encodeURIComponent(SAID),
  'a form': encodeURIComponent(SAID).replaceAll('%20', '+'),
  'the query of an address': `https://h.example/p?id=1&q=${encodeURIComponent(SAID)}`,
  'a data URI without base64': `data:text/plain,${encodeURIComponent(SAID)}`,
  'decimal character references': each((byte) => `&#${byte};`),
  'hexadecimal character references': each((byte) => `&#x${hex(byte)};`),
  'named character references': SAID.replaceAll(' ', '&nbsp;'),
  'escapes of JSON': each((byte) => `\\u00${hex(byte)}`),
  'escapes of JavaScript': each((byte) => `\\x${hex(byte)}`),
  'bytes with blanks between them': each((byte) => `${hex(byte)} `).trim(),
  'bytes with colons between them': each((byte) => `${hex(byte)}:`).replace(/:$/, ''),
  'bytes behind 0x': `0x${each(hex)}`,
  'characters that nobody sees': SAID.replace('RIVERA', 'RIV\u200bERA').replace('4471', '44\u00ad71').replace('555', '5\u200b55'),
  'blanks at which no line is broken': SAID.replace('E R', 'E\u00a0R')
    .replace('MRN ', 'MRN\u202f')
    .replace('call ', 'call:\u2009'),
  'letters of full width': [...SAID]
    .map((char) => (char === ' ' ? '\u3000' : String.fromCharCode(char.charCodeAt(0) + 0xfee0)))
    .join(''),
  'markup in the middle of a name': `<p>${SAID.replace('KATHERINE', '<b>KATH</b>ERINE')}</p>`,
};

const HL7 = 'MSH|^~\\&|A|B|C|D|20260102030405||ORU^R01|1|P|2.8|||||||UNICODE UTF-8\r';
const inHl7 = (text: string): string =>
  text
    .replaceAll('\\', '\\E\\')
    .replaceAll('|', '\\F\\')
    .replaceAll('^', '\\S\\')
    .replaceAll('&', '\\T\\')
    .replaceAll('~', '\\R\\');
const inXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const inComment = (text: string): Buffer => Buffer.from(`${HL7}NTE|1||${inHl7(text)}\r`);

const HOSTS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'a result of HL7 v2': (text) => Buffer.from(`${HL7}OBX|1|TX|1^Note||${inHl7(text)}\r`),
  'a comment of HL7 v2': inComment,
  'a string of FHIR': (text) => Buffer.from(JSON.stringify({ resourceType: 'Observation', valueString: text })),
  'XML that no schema types': (text) => Buffer.from(`<root><a>${inXml(text)}</a></root>`),
  'a table': (text) => Buffer.from(`id,note\n1,"${text.replaceAll('"', '""')}"\n2,"none"\n`),
  'text of DICOM': (text) => sampleFile({ '(0010,4000)': `LT ${text}` }),
};

function found(body: Uint8Array): string[] {
  return parseBody({ bytes: body, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
  );
}

describe('what a text says in escapes of other formats', () => {
  for (const [host, write] of Object.entries(HOSTS)) {
    it.each(Object.entries(WRITTEN))(`is read in ${host}: %s`, (_how, text) => {
      expect(found(write(text))).toEqual(expect.arrayContaining(['KATHERINE RIVERA', '4471823', '217-555-0134']));
    });
  }

  it('keeps letters that stand beside escapes as they are', () => {
    const leavesOf = (text: string): string[] =>
      parseBody({ bytes: inComment(text), elided: [] }).flatMap(({ leaves }) =>
        Array.from({ length: leaves.count }, (_, leaf) => leaves.text(leaf)),
      );
    expect(leavesOf('https://h.example/p?q=王小明%20Jos%C3%A9%20M%FCller')).toContain('q=王小明 José Müller');
    expect(leavesOf('Herr&nbsp;J&ouml;rg&nbsp;M&uuml;ller&#160;&ndash;&nbsp;Zimmer')).toContain('Herr Jörg Müller – Zimmer');
    expect(leavesOf('Ж\\x4d\\xc3\\xbcller\\x20\\x2d\\x20Zimmer')).toContain('ЖMüller - Zimmer');
  });

  it('is nothing where signs stand for themselves', () => {
    const leaves = (text: string): number =>
      parseBody({ bytes: inComment(text), elided: [] }).reduce((sum, parsed) => sum + parsed.leaves.count, 0);
    const plain = leaves('Saturation better, weaned to room air and stable');
    for (const text of [
      'Saturation 95% on 50% oxygen, was 88% before',
      'Tom &amp; Jerry on the ward television, no pain &amp; no fever',
      'Pressures 12:30 14:45 16:00 18:15 20:30 22:45 as charted',
      'MAC 00:1A:2B:3C:4D:5E replaced by 00:1A:2B:3C:4D:5F today',
      'Dose <5 mg and >2 mg per day, a<b and b>c in all of them',
    ])
      expect([text, leaves(text)]).toEqual([text, plain]);
  });
});
