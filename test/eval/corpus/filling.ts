import type { Category, Subject } from '../../../src/core/vocabulary.ts';
import type { Random } from '../../../src/demo/random.ts';
import type { Kind, Split } from './label.ts';
import type { Sheet } from './marks.ts';
import type { Person, Scene } from './person.ts';

/** What a template is filled from. */
export interface Filling {
  readonly random: Random;
  readonly split: Split;
  readonly sheet: Sheet;
  readonly scene: Scene;
  /** Categories of which the message around it has the patient's value in a field: what the text says of them is an echo. */
  readonly known: ReadonlySet<Category>;
  /** Overrides the kind of every value: `blind-spot`. */
  readonly kind?: Kind;
}

/** A filling with short ways to mark. */
export interface Writer extends Filling {
  readonly patient: Person;
  /** A value of the patient that a message's fields hold too. */
  own(category: Category, text: string): string;
  /** Anything else. */
  other(category: Category, subject: Subject, text: string, optional?: boolean): string;
  day(day: string): string;
}
