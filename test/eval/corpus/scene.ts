import type { Random } from '../../../src/demo/random.ts';
import type { Note, Notes } from '../vocabulary/notes.ts';
import { NOTES_TEST } from '../vocabulary/notes-test.ts';
import { NOTES_TRAIN } from '../vocabulary/notes-train.ts';
import { TEST } from '../vocabulary/test.ts';
import { TRAIN } from '../vocabulary/train.ts';
import type { Locale, Vocabulary } from '../vocabulary/vocabulary.ts';
import type { Split } from './label.ts';
import { createScene, pickLocale, type Scene } from './person.ts';

export const vocabularyOf = (split: Split): Vocabulary => (split === 'train' ? TRAIN : TEST);
export const notesOf = (split: Split): Notes => (split === 'train' ? NOTES_TRAIN : NOTES_TEST);

function localeOf(vocabulary: Vocabulary, code: string): Locale {
  const locale = vocabulary.locales.find((each) => each.code.startsWith(code));
  if (locale === undefined) throw new RangeError(`the vocabulary has no locale ${code}`);
  return locale;
}

/** Names of anywhere, with streets, telephones and numbers of the United States: who an American note is about. */
export function americanScene(random: Random, split: Split): Scene {
  const vocabulary = vocabularyOf(split);
  const { code, streets, cities, phones, nationalId } = localeOf(vocabulary, 'en-US');
  return createScene(random, vocabulary, { ...pickLocale(random, vocabulary), code, streets, cities, phones, nationalId });
}

/** A scene of one of the locales; of any where none is named. */
export function sceneOf(random: Random, split: Split, locales: readonly string[]): Scene {
  const vocabulary = vocabularyOf(split);
  return locales.length === 0
    ? createScene(random, vocabulary)
    : createScene(random, vocabulary, localeOf(vocabulary, random.pick(locales)));
}

/** The people that a note in its language is about. */
export function sceneFor(random: Random, split: Split, note: Note): Scene {
  return note.language === 'en' ? americanScene(random, split) : sceneOf(random, split, [note.language]);
}
