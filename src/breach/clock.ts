/**
 * The clock of the breach notification rule (45 CFR 164.404, 406, 408). It computes days and decides nothing: whether there is a breach
 * is an officer's conclusion.
 */

/** A day of the calendar, `YYYY-MM-DD`. */
export type Day = string;

const DAY_MS = 86_400_000;
/**
 * "Without unreasonable delay and in no case later than 60 calendar days after discovery": 164.404(b), 164.406(b). The Secretary is told of
 * 500 or more "contemporaneously with the notice required by 164.404(a)": 164.408(b).
 */
export const NOTICE_DAYS = 60;
/** "Involving 500 or more individuals": 164.408(b). */
export const LARGE = 500;
/** An oral statement of law enforcement delays "no longer than 30 days from the date of the oral statement": 164.412(b). */
export const ORAL_DAYS = 30;

/** How many people a breach concerns, as far as it is known. */
export interface Affected {
  /** 0: nobody has counted yet. The shorter terms are shown then. */
  readonly people: number;
  /** Residents of the state or jurisdiction that has most of them (164.406); null: not counted yet. */
  readonly residentsOfOneState: number | null;
}

/** What an official of law enforcement said: notice would impede a criminal investigation or damage national security (164.412). */
export interface Delay {
  readonly statement: 'written' | 'oral';
  /** Day of the statement. */
  readonly on: Day;
  /** Last day on which notice has to wait. */
  readonly until: Day;
}

/** One notice that the rule asks for if it is a breach. */
export interface Notice {
  readonly to: 'individuals' | 'media' | 'secretary';
  /** The last day on which it may be made. */
  readonly due: Day;
  /** Days left, 0 on the last one; negative where it is late. */
  readonly daysLeft: number;
  readonly section: string;
}

export interface BreachClock {
  readonly discovered: Day;
  /** Calendar days since discovery: 0 on that day. The count begins with the day after it. */
  readonly elapsed: number;
  readonly notices: readonly Notice[];
  /** More than 500, or nobody knows how many, where the number of residents of one state decides whether the media are told, and nobody has counted it. */
  readonly residentsUnknown: boolean;
}

/**
 * What is due, and how long there is, on the day `today`. "Discovered" is the first day on which the breach is known, or would have been
 * by reasonable diligence (164.404(a)(2)). A delay (164.412) puts off what would be due before it ends, but not the yearly notice to the
 * Secretary, which knows none (164.408(c)). Throws RangeError for what is no day, or a count that is none.
 */
export function breachClock(discovered: Day, affected: Affected, today: Day, delay: Delay | null = null): BreachClock {
  const { people, residentsOfOneState: residents } = affected;
  for (const count of [people, residents ?? 0]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a number of people is a whole number from 0 on');
  }
  const sixty = later(addDays(discovered, NOTICE_DAYS), delay?.until);
  const large = people >= LARGE || people === 0;
  const notice = (to: Notice['to'], due: Day, section: string): Notice => ({
    to,
    due,
    daysLeft: daysBetween(today, due),
    section,
  });
  return {
    discovered,
    elapsed: daysBetween(discovered, today),
    notices: [
      notice('individuals', sixty, '164.404(b)'),
      // "More than 500 residents", where the Secretary's is "500 or more".
      ...(residents !== null && residents > LARGE ? [notice('media', sixty, '164.406')] : []),
      large
        ? notice('secretary', sixty, '164.408(b)')
        : notice('secretary', addDays(yearEnd(discovered), NOTICE_DAYS), '164.408(c)'),
    ],
    residentsUnknown: (people > LARGE || people === 0) && residents === null,
  };
}

/** The day that an instant falls on in a time zone (IANA name): the day of discovery is that of the people who discover. */
export function dayIn(at: number, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    at,
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Whether a text is a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function numberOf(day: Day): number {
  if (!isDay(day)) throw new RangeError('a day is written YYYY-MM-DD, and the calendar has it');
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** A day so many days later. Throws RangeError for what is no day. */
export function addDays(day: Day, days: number): Day {
  return new Date((numberOf(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

function later(one: Day, other: Day | undefined): Day {
  return other !== undefined && other > one ? other : one;
}

function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

function yearEnd(day: Day): Day {
  return `${day.slice(0, 4)}-12-31`;
}
