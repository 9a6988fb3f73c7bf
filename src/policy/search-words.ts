import type { IncidentRow } from './decision.ts';

/** Words of one incident, and of one search. */
const MOST_WORDS = 40;
const MOST_ASKED = 6;
const LONGEST = 40;

/** How people call what has a short slug. */
const ALSO: Readonly<Record<string, string>> = {
  ssn: 'social security number',
  mrn: 'medical record number',
  geo: 'city zip code',
  date: 'birth dob',
  phone: 'telephone number',
  narrative: 'free text note',
  unexamined: 'bytes',
  'unique-id': 'number',
};

/** The words that an incident is found by, lower-case, each once: its systems, its flow, what it is about and why. */
export function searchWords({
  flow,
  source,
  destination,
  category,
  group,
  reason,
}: Pick<IncidentRow, 'flow' | 'source' | 'destination' | 'category' | 'group' | 'reason'>): string[] {
  const text = [flow, source, destination, category ?? '', ALSO[category ?? ''] ?? '', group ?? '', reason].join(' ');
  return wordsOf(text).slice(0, MOST_WORDS);
}

/** The words of a search: an incident is found where each of them begins one of its own. Empty where nothing can be searched for. */
export function askedWords(text: string): string[] {
  return wordsOf(text).slice(0, MOST_ASKED);
}

function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => word.slice(0, LONGEST)))];
}
