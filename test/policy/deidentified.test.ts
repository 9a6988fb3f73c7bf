import { describe, expect, it, test } from 'vitest';
import type { Parsed } from '../../src/core/format.ts';
import { heldDataset } from '../../src/policy/content.ts';
import { decide, isHeldDeidentified } from '../../src/policy/decide.ts';
import type { Decision } from '../../src/policy/decision.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { type Found, message, NOW, policy, provenance } from './make.ts';

/** A DICOM object of these findings that says this of itself in (0012,0062). */
function object(removed: string | null, found: readonly Found[]): ReturnType<typeof message> {
  const { parsed, detection } = message({ found });
  const fields: Record<string, string> = removed === null ? {} : { '(0012,0062)': removed };
  return { parsed: { ...parsed, format: 'dicom', routing: { fields, processing: '' } }, detection };
}

const IMAGING = {
  match: [{ listener: 'mllp' }],
  permit: [{}],
};
const NAME: Found = { category: 'name', path: '(0010,0010)', severity: 'high' };
const STAFF: Found = { category: 'name', subject: 'provider', path: '(0008,0090)', severity: 'low' };
const basis = (dataset: string, kind = 'none') => ({ basis: { purpose: 'research', dataset, agreement: { kind } } });

function judge(removed: string | null, found: readonly Found[], change: Record<string, unknown> = {}): Decision {
  const register = compileRegister([policy({ ...IMAGING, ...change })]);
  return decide({ ...object(removed, found), provenance: provenance(), register, now: NOW, quarantined: false });
}

describe('an object that says it was de-identified', () => {
  test.each<[string, string | null, Found, Record<string, unknown>, Decision['verdict'], Decision['reasons']]>([
    ['says nothing, and may carry names', null, NAME, {}, 'permitted', []],
    ['says NO', 'NO', NAME, {}, 'permitted', []],
    ['says YES on a flow of PHI', 'YES', NAME, {}, 'flagged', ['dataset.safe-harbor']],
    ['says it with blanks', ' yes ', NAME, {}, 'flagged', ['dataset.safe-harbor']],
    [
      'says YES on a limited data set',
      'YES',
      { ...NAME, category: 'date' },
      basis('limited', 'dua'),
      'flagged',
      ['dataset.safe-harbor'],
    ],
    ['is judged by an expert, and says YES', 'YES', NAME, basis('expert', 'expert'), 'flagged', ['dataset.safe-harbor']],
    ['says nothing on a safe-harbor flow', null, NAME, basis('safe-harbor'), 'flagged', ['dataset.safe-harbor']],
    ['names staff', 'YES', STAFF, {}, 'clean', []],
  ])('%s', (_, removed, found, change, verdict, reasons) => {
    expect(judge(removed, [found], change)).toMatchObject({ verdict, reasons });
  });

  it('is critical wherever it goes', () => {
    const to = (entity: string) => ({ destination: { system: 'x', entity } });
    const severities = ['self', 'ce', 'vendor'].map(
      (entity) => judge('YES', [{ ...NAME, severity: 'critical' }], to(entity)).causes[0]?.severity,
    );
    expect(severities).toEqual(['critical', 'critical', 'critical']);
    // A flow that merely promises it weighs its receiver.
    expect(judge(null, [NAME], { ...basis('safe-harbor'), ...to('self') }).causes[0]?.severity).toBe('low');
    expect(judge('YES', [NAME], to('self')).causes[0]?.severity).toBe('high');
  });
});

describe('what an object is held to', () => {
  const parsed = (removed: string | null): Parsed => object(removed, []).parsed;

  it('is its flow, or safe harbor where it claims', () => {
    expect(heldDataset('limited', parsed(null))).toBe('limited');
    expect(heldDataset('phi', parsed('YES'))).toBe('safe-harbor');
  });

  it.each([
    ['a flow of PHI', 'phi', null, false],
    ['a claim', 'phi', 'YES', true],
    ['a safe-harbor flow', 'safe-harbor', null, true],
  ])('is known before anything is found: %s', (_, dataset, removed, expected) => {
    const register = compileRegister([policy({ ...IMAGING, ...basis(dataset) })]);
    const input = { parsed: parsed(removed), provenance: provenance(), register, now: NOW, quarantined: false };
    expect(isHeldDeidentified(input)).toBe(expected);
  });

  it('is nothing of the kind without a flow, and in other formats', () => {
    const input = { provenance: provenance(), now: NOW, quarantined: false };
    expect(isHeldDeidentified({ ...input, parsed: parsed(null), register: compileRegister([]) })).toBe(false);
    const register = compileRegister([policy({ ...IMAGING, ...basis('safe-harbor') })]);
    expect(isHeldDeidentified({ ...input, parsed: message().parsed, register })).toBe(false);
  });
});
