import type { Note } from '../vocabulary/notes.ts';
import { echoLine } from './echoes.ts';
import { fill } from './fill.ts';
import type { Filling } from './filling.ts';
import { notesOf } from './scene.ts';

/** A whole note, its lines chosen among their alternatives, now and then with a sentence that identifies nobody. */
export function noteText(note: Note, about: Filling): string {
  const filling = inLanguage(about, note.language.slice(0, 2));
  const { random, split } = filling;
  const { clean } = notesOf(split);
  const lines = note.lines.flatMap((alternatives) => {
    const line = random.pick(alternatives);
    const extra = note.language === 'en' && random.chance(0.12) ? [random.pick(clean)] : [];
    return line === '' ? extra : [fill(line, filling), ...extra];
  });
  return lines.join(random.chance(0.8) ? '\n' : '\n\n');
}

/** Months are those of who writes, not of who is written about. */
function inLanguage(filling: Filling, language: string): Filling {
  return { ...filling, scene: { ...filling.scene, language } };
}

/** What staff type into a field: something that identifies, or nothing of the kind. */
export function remark(filling: Filling): string {
  const { random, split } = filling;
  const { remarks, clean } = notesOf(split);
  const said = fill(random.pick(remarks), inLanguage(filling, 'en'));
  return random.chance(0.3) ? `${random.pick(clean)} ${said}` : said;
}

export const cleanRemark = ({ random, split }: Pick<Filling, 'random' | 'split'>): string => random.pick(notesOf(split).clean);

/** A remark that repeats a value of the message, alone or after something harmless. */
export function echoRemark(filling: Filling): string {
  const line = echoLine(filling);
  return filling.random.chance(0.3) ? `${cleanRemark(filling)} ${line}` : line;
}
