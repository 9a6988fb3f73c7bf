import { type Answers, AnswersSchema, CONCLUSIONS, EXCEPTIONS, FACTORS, RISKS } from '../breach/assessment.ts';

type Fields = Readonly<Partial<Record<string, string>>>;

/** The answers of a form; else what is wrong with them, in a sentence. What a form of ours cannot send reads as not answered. */
export function readAnswers(form: Fields): { readonly answers: Answers } | { readonly problem: string } {
  const factor = (name: string) => ({
    text: textOf(form, `${name}-text`),
    risk: RISKS.find((risk) => risk === form[`${name}-risk`]) ?? null,
  });
  const parsed = AnswersSchema.safeParse({
    discovered: form.discovered,
    people: numberOf(form.people),
    residentsOfOneState: (form.residents ?? '').trim() === '' ? null : numberOf(form.residents),
    factors: Object.fromEntries(FACTORS.map((name) => [name, factor(name)])),
    exception: EXCEPTIONS.find((exception) => exception === form.exception) ?? null,
    exceptionWhy: textOf(form, 'exceptionWhy'),
    ciphertextAlone: form.ciphertextAlone === 'yes',
    conclusion: CONCLUSIONS.find((conclusion) => conclusion === form.conclusion) ?? null,
    why: textOf(form, 'why'),
  });
  if (parsed.success) return { answers: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    problem: WRONG[String(issue?.path[0])] ?? `An answer is not as the form asks for it: ${issue?.message ?? 'unknown'}.`,
  };
}

const WRONG: Readonly<Record<string, string>> = {
  discovered: 'The day of discovery is written YYYY-MM-DD.',
  people: 'The number of people affected is a whole number, 0 or more.',
  residentsOfOneState: 'The number of residents of one state is a whole number, or empty where nobody has counted.',
};

function textOf(form: Fields, name: string): string {
  return (form[name] ?? '').replace(/\r\n/g, '\n').trim();
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text.trim()) ? Number(text) : null;
}
