import { z } from 'zod';
import { addDays, isDay, ORAL_DAYS } from './clock.ts';

/**
 * An assessment under the definition of "breach" in 45 CFR 164.402. Cordon fills in what it knows; what it means, and the conclusion, are
 * an officer's: a machine decides nothing here, and a conclusion without a name does not exist.
 */

/** The four factors of 164.402(2): at least these are assessed before a low probability may be said. */
export const FACTORS = ['nature', 'recipient', 'acquired', 'mitigated'] as const;
export type Factor = (typeof FACTORS)[number];

/** The three exceptions of 164.402(1). */
export const EXCEPTIONS = ['workforce', 'inadvertent', 'not-retained'] as const;
export type Exception = (typeof EXCEPTIONS)[number];

/**
 * `breach`; `permitted`: subpart E allows the use or disclosure; `low-probability` of compromise (164.402(2)); one of the `exception`s (164.402(1)); `secured`: what was exposed was unusable,
 * being encrypted as the Secretary's guidance says, so that it was no unsecured protected health information.
 */
export const CONCLUSIONS = ['breach', 'permitted', 'low-probability', 'exception', 'secured'] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export const RISKS = ['low', 'medium', 'high'] as const;

/** Longest text of one answer, in characters. */
export const TEXT_LIMIT = 4000;

const text = z.string().max(TEXT_LIMIT, `an answer holds at most ${TEXT_LIMIT} characters`);
const people = z.number().int().min(0).max(1_000_000_000);
const factor = z.strictObject({ text, risk: z.enum(RISKS).nullable() });
const day = z.string().refine(isDay, 'a day is written YYYY-MM-DD');

/** What an officer answers. Free text is theirs, and holds no patient's data. */
export const AnswersSchema = z.strictObject({
  /** First day known, or that it would have been known by reasonable diligence: never after the first alert. */
  discovered: day,
  /** 0: nobody has counted yet. */
  people,
  residentsOfOneState: people.nullable(),
  /** What law enforcement asked for (164.412). Versions from before it was asked for have none. */
  delay: z
    .strictObject({ statement: z.enum(['written', 'oral']), on: day, until: day })
    .nullable()
    .default(null),
  factors: z.strictObject({ nature: factor, recipient: factor, acquired: factor, mitigated: factor }),
  exception: z.enum(EXCEPTIONS).nullable(),
  exceptionWhy: text,
  /** The officer confirms what no evidence can: nobody unauthorized received it decrypted, and the keys were not exposed with it. */
  ciphertextAlone: z.boolean(),
  conclusion: z.enum(CONCLUSIONS).nullable(),
  why: text,
});
export type Answers = z.output<typeof AnswersSchema>;

/** What decides which conclusions the form takes. */
export interface Grounds {
  /** Day of the first alert: the clock cannot start later. */
  readonly firstAlert: string;
  /** Evidence says proven on every hop and place for all of the time. */
  readonly secured: boolean;
}

/** What is wrong with the answers before they can be kept as a draft, a sentence each. */
export function draftProblems(answers: Answers, { firstAlert }: Pick<Grounds, 'firstAlert'>): string[] {
  const problems: string[] = [];
  if (answers.discovered > firstAlert) {
    problems.push(`The clock starts with the first alert, on ${firstAlert}: give that day or an earlier one.`);
  }
  if (answers.residentsOfOneState !== null && answers.residentsOfOneState > answers.people) {
    problems.push('The residents of one state are among the people affected: they cannot be more.');
  }
  return [...problems, ...delayProblems(answers)];
}

function delayProblems({ delay }: Answers): string[] {
  if (delay === null) return [];
  if (delay.until < delay.on)
    return ['The delay for law enforcement ends before it was asked for: one of the two days is wrong.'];
  const last = addDays(delay.on, ORAL_DAYS);
  if (delay.statement === 'written' || delay.until <= last) return [];
  return [
    `An oral statement delays notice for 30 days at most (164.412(b)), here until ${last}: a longer delay takes a written one.`,
  ];
}

/** What is missing before the conclusion can be signed, a sentence each; empty: it can. */
export function signProblems(answers: Answers, grounds: Grounds): string[] {
  const problems = draftProblems(answers, grounds);
  const { conclusion } = answers;
  if (conclusion === null) return [...problems, 'Choose a conclusion: Cordon proposes none.'];
  if (answers.why.trim() === '') problems.push('Say why: the burden of proof is with who decides (164.414(b)).');
  if (conclusion === 'breach' && answers.people === 0) {
    problems.push(
      'Say how many people it concerns, at least by an estimate: whom to tell, and when, follows from it (164.404 to 408).',
    );
  }
  if (conclusion === 'low-probability') {
    for (const name of FACTORS) {
      const { text: said, risk } = answers.factors[name];
      if (said.trim() === '' || risk === null) {
        problems.push(
          `A low probability takes all four factors into account (164.402(2)): ${FACTOR_WORDS[name]} is not assessed.`,
        );
      }
    }
  }
  if (conclusion === 'exception' && (answers.exception === null || answers.exceptionWhy.trim() === '')) {
    problems.push('Choose the exception of 164.402(1), and say why it applies.');
  }
  if (conclusion === 'secured' && !grounds.secured) {
    problems.push(
      'The evidence does not prove encryption on every hop and place for all of the time: this conclusion is not open.',
    );
  }
  if (conclusion === 'secured' && !answers.ciphertextAlone) {
    problems.push('Confirm that ciphertext alone was exposed: nobody unauthorized received it decrypted, nor its keys.');
  }
  return problems;
}

/** The factors in the rule's own words, shortened. */
export const FACTOR_WORDS: Readonly<Record<Factor, string>> = {
  nature: 'the nature and extent of the information, and how likely people are to be identified',
  recipient: 'the unauthorized person who used it or to whom it was disclosed',
  acquired: 'whether it was actually acquired or viewed',
  mitigated: 'the extent to which the risk has been mitigated',
};

export const EXCEPTION_WORDS: Readonly<Record<Exception, string>> = {
  workforce:
    'Unintentional acquisition, access or use by the workforce or a person under its authority, in good faith and within the scope of authority, without further use or disclosure that is not permitted (164.402(1)(i))',
  inadvertent:
    'Inadvertent disclosure between persons authorized at the same covered entity, business associate or organized health care arrangement, without further use or disclosure that is not permitted (164.402(1)(ii))',
  'not-retained':
    'Disclosure where we believe in good faith that the unauthorized person would not reasonably have been able to retain the information (164.402(1)(iii))',
};

export const CONCLUSION_WORDS: Readonly<Record<Conclusion, string>> = {
  breach: 'It is a breach of unsecured protected health information',
  permitted: 'The use or disclosure was permitted (subpart E): it is no breach',
  'low-probability': 'A low probability that the information was compromised',
  exception: 'An exception applies: it is no breach',
  secured: 'The information was encrypted as the guidance says: it was not unsecured',
};
