import { describe, expect, it } from 'vitest';
import { type Answers, AnswersSchema, draftProblems, FACTORS, signProblems } from '../../src/breach/assessment.ts';

const silent = { text: '', risk: null } as const;
const said = { text: 'names and one result', risk: 'low' } as const;
const answers = (over: Partial<Answers> = {}): Answers => ({
  discovered: '2026-11-24',
  people: 12,
  residentsOfOneState: null,
  delay: null,
  factors: { nature: silent, recipient: silent, acquired: silent, mitigated: silent },
  exception: null,
  exceptionWhy: '',
  ciphertextAlone: false,
  conclusion: null,
  why: '',
  ...over,
});
const grounds = { firstAlert: '2026-11-24', secured: false };
const all = { nature: said, recipient: said, acquired: said, mitigated: said };

describe('an assessment under 45 CFR 164.402', () => {
  it('is kept as a draft without any conclusion, and never signed without one', () => {
    expect(draftProblems(answers(), grounds)).toEqual([]);
    expect(signProblems(answers(), grounds)).toEqual([expect.stringMatching(/Choose a conclusion/)]);
  });

  it('starts the clock no later than the first alert', () => {
    expect(draftProblems(answers({ discovered: '2026-11-25' }), grounds)).toEqual([expect.stringMatching(/2026-11-24/)]);
    expect(draftProblems(answers({ discovered: '2026-11-01' }), grounds)).toEqual([]);
    expect(draftProblems(answers({ residentsOfOneState: 13 }), grounds)).toHaveLength(1);
  });

  it('holds an oral delay of law enforcement to thirty days', () => {
    const of = (statement: 'written' | 'oral', until: string) =>
      draftProblems(answers({ delay: { statement, on: '2026-12-01', until } }), grounds);
    expect(of('oral', '2026-12-31')).toEqual([]);
    expect(of('oral', '2027-01-01')).toEqual([expect.stringMatching(/until 2026-12-31/)]);
    expect(of('written', '2027-06-30')).toEqual([]);
    expect(of('written', '2026-11-30')).toHaveLength(1);
    const { delay: _, ...earlier } = answers();
    expect(AnswersSchema.parse(earlier).delay).toBeNull();
  });

  it('takes a low probability only where each of the four factors is assessed', () => {
    const low = (factors: Answers['factors']) =>
      signProblems(answers({ conclusion: 'low-probability', why: 'taken together', factors }), grounds);
    expect(low(all)).toEqual([]);
    for (const name of FACTORS) {
      expect(low({ ...all, [name]: silent })).toHaveLength(1);
      expect(low({ ...all, [name]: { ...said, risk: null } })).toHaveLength(1);
    }
    expect(low({ ...all, nature: silent, acquired: silent })).toHaveLength(2);
  });

  it('takes an exception with its name and its reason', () => {
    const of = (over: Partial<Answers>) => signProblems(answers({ conclusion: 'exception', why: 'see above', ...over }), grounds);
    expect(of({})).toHaveLength(1);
    expect(of({ exception: 'inadvertent' })).toHaveLength(1);
    expect(of({ exception: 'inadvertent', exceptionWhy: 'both are nurses of one ward' })).toEqual([]);
  });

  it('takes the safe harbour only on evidence, and where ciphertext alone was exposed', () => {
    const of = (secured: boolean, ciphertextAlone: boolean) =>
      signProblems(answers({ conclusion: 'secured', why: 'encrypted', ciphertextAlone }), { ...grounds, secured });
    expect(of(true, true)).toEqual([]);
    expect(of(false, true)).toEqual([expect.stringMatching(/does not prove/)]);
    expect(of(true, false)).toEqual([expect.stringMatching(/ciphertext alone/)]);
    expect(of(false, false)).toHaveLength(2);
  });

  it('needs a reason for any conclusion, that of a breach too', () => {
    expect(signProblems(answers({ conclusion: 'breach' }), grounds)).toHaveLength(1);
    expect(signProblems(answers({ conclusion: 'breach', why: 'it was read' }), grounds)).toEqual([]);
    expect(signProblems(answers({ conclusion: 'permitted', why: 'it was treatment' }), grounds)).toEqual([]);
  });

  it('lets nobody sign a breach that concerns nobody', () => {
    const nobody = answers({ conclusion: 'breach', why: 'it was read', people: 0 });
    expect(signProblems(nobody, grounds)).toEqual([expect.stringMatching(/how many people/)]);
    expect(draftProblems(nobody, grounds)).toEqual([]);
  });

  it('is a strict shape: nothing else is kept with it', () => {
    expect(AnswersSchema.safeParse(answers()).success).toBe(true);
    expect(AnswersSchema.safeParse({ ...answers(), note: 'x' }).success).toBe(false);
    expect(AnswersSchema.safeParse(answers({ discovered: '2026-02-30' })).success).toBe(false);
    expect(AnswersSchema.safeParse(answers({ why: 'x'.repeat(4001) })).success).toBe(false);
  });
});
