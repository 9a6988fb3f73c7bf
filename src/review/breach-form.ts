import { type Answers, CONCLUSIONS, EXCEPTIONS, type Factor, RISKS, TEXT_LIMIT } from '../breach/assessment.ts';
import { type Delay, isDay } from '../breach/clock.ts';

type Fields = Readonly<Partial<Record<string, string>>>;

const WRONG = {
  discovered: 'The day of discovery is written YYYY-MM-DD.',
  people: 'The number of people affected is a whole number, 0 where nobody has counted.',
  residents: 'The number of residents of one state is a whole number, or empty where nobody has counted.',
  delay:
    'A delay for law enforcement takes the day of the statement and the day until which notice waits, each written YYYY-MM-DD.',
  text: `An answer holds at most ${TEXT_LIMIT} characters: what is past that was cut off.`,
} as const;

/**
 * The answers of a form, and what is wrong with it, a sentence each. What cannot be read is as `before` has it, so that nothing else of
 * what was typed is lost; a choice that no form of ours offers is none.
 */
export function readAnswers(form: Fields, before: Answers): { readonly answers: Answers; readonly problems: readonly string[] } {
  const problems = new Set<string>();
  const orElse = <T>(value: T | null, other: T, problem: keyof typeof WRONG): T => {
    if (value !== null) return value;
    problems.add(WRONG[problem]);
    return other;
  };
  const text = (name: string): string => {
    const typed = (form[name] ?? '').replace(/\r\n/g, '\n').trim();
    if (typed.length > TEXT_LIMIT) problems.add(WRONG.text);
    return typed.slice(0, TEXT_LIMIT);
  };
  const factor = (name: Factor) => ({
    text: text(`${name}-text`),
    risk: RISKS.find((risk) => risk === form[`${name}-risk`]) ?? null,
  });
  const answers: Answers = {
    discovered: orElse(dayOf(form.discovered), before.discovered, 'discovered'),
    people: orElse(numberOf(form.people), before.people, 'people'),
    residentsOfOneState: isEmpty(form.residents) ? null : orElse(numberOf(form.residents), null, 'residents'),
    delay: form.delay === 'written' || form.delay === 'oral' ? orElse(delayOf(form, form.delay), null, 'delay') : null,
    factors: {
      nature: factor('nature'),
      recipient: factor('recipient'),
      acquired: factor('acquired'),
      mitigated: factor('mitigated'),
    },
    exception: EXCEPTIONS.find((exception) => exception === form.exception) ?? null,
    exceptionWhy: text('exceptionWhy'),
    ciphertextAlone: form.ciphertextAlone === 'yes',
    conclusion: CONCLUSIONS.find((conclusion) => conclusion === form.conclusion) ?? null,
    why: text('why'),
  };
  return { answers, problems: [...problems] };
}

function isEmpty(text: string | undefined): boolean {
  return (text ?? '').trim() === '';
}

function dayOf(text: string | undefined): string | null {
  return text !== undefined && isDay(text) ? text : null;
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

function delayOf(form: Fields, statement: Delay['statement']): Delay | null {
  const on = dayOf(form.delayOn);
  const until = dayOf(form.delayUntil);
  return on === null || until === null ? null : { statement, on, until };
}
