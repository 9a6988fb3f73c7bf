/** What integration engines do to a message of HL7 v2 on its way, as text to text. Segments end in CR. */

type Edit = (text: string) => string;

const segments = (text: string): string[] => text.split('\r').filter((line) => line !== '');
const joined = (lines: readonly string[]): string => `${lines.join('\r')}\r`;

/** Sets fields of the segments of a name; MSH counts its separator as field 1. */
export function setFields(text: string, name: string, values: Readonly<Record<number, string>>): string {
  const lines = segments(text).map((line) => {
    if (!line.startsWith(name)) return line;
    const fields = line.split('|');
    for (const [number, value] of Object.entries(values)) fields[Number(number) - (name === 'MSH' ? 1 : 0)] = value;
    return Array.from(fields, (field) => field ?? '').join('|');
  });
  return joined(lines);
}

const withoutFirst = (text: string, name: string): string => {
  const lines = segments(text);
  const first = lines.findIndex((line) => line.startsWith(name));
  return joined(lines.filter((_line, index) => index !== first));
};

/** The usual delimiters to others: `|^~\&` become `#!*\@`. */
const delimited: Edit = (text) => {
  const others: Record<string, string> = { '|': '#', '^': '!', '~': '*', '&': '@' };
  return joined(segments(text).map((line) => line.replace(/[#!*@]/g, ' ').replace(/[|^~&]/g, (mark) => others[mark] ?? mark)));
};

export const EDITS: Readonly<Record<string, Edit>> = {
  'other applications and control id': (text) =>
    setFields(text, 'MSH', { 3: 'ENGINE', 4: 'HUB', 5: 'ARCHIVE', 6: 'CLOUD', 7: '20261124235959', 10: 'E900001' }),
  'a Z segment added': (text) => `${text}ZEN|1|routed|E900001\r`,
  'notes and visit dropped': (text) => joined(segments(text).filter((line) => !/^(?:NTE|PV2|NK1|ZPI)/.test(line))),
  'other delimiters': delimited,
  'LF and CR': (text) => text.replaceAll('\r', '\r\n'),
  'one result dropped': (text) =>
    segments(text).filter((line) => line.startsWith('OBX')).length > 1 ? withoutFirst(text, 'OBX') : text,
  'a result added': (text) => `${text}OBX|99|ST|ENG-1^Routed^L||yes||||||F\r`,
  'codes translated': (text) =>
    joined(segments(text).map((line) => line.replace(/^(OBX\|[^|]*\|[^|]*\|)[^|]*/, '$1LOCAL-7^Translated^L'))),
  'order numbers replaced': (text) =>
    setFields(setFields(text, 'OBR', { 2: 'X1^HUB', 3: 'X2^HUB' }), 'ORC', { 2: 'X1^HUB', 3: 'X2^HUB' }),
  'record number replaced': (text) => setFields(text, 'PID', { 2: '', 3: 'E77^^^HUB^PI', 4: '' }),
};

/** Results that are like another and are not it. */
export const NEAR: Readonly<Record<string, Edit>> = {
  'the next order of the same panel': (text) =>
    setFields(setFields(text, 'OBR', { 2: 'N1^EHR', 3: 'N2^LIS', 7: '20261125090000' }), 'ORC', { 2: 'N1^EHR', 3: 'N2^LIS' }),
  'another patient, same time and values': (text) =>
    setFields(
      setFields(setFields(text, 'PID', { 3: 'MR1^^^MAIN^MR', 5: 'Ashgrove^Idris', 7: '19710101' }), 'OBR', { 2: 'N1', 3: 'N2' }),
      'ORC',
      { 2: 'N1', 3: 'N2' },
    ),
  'corrected: every status is C': (text) =>
    joined(
      segments(setFields(text, 'OBR', { 25: 'C' })).map((line) => {
        if (!line.startsWith('OBX')) return line;
        const fields = line.split('|');
        fields[11] = 'C';
        return Array.from(fields, (field) => field ?? '').join('|');
      }),
    ),
};
