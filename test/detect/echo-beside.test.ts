import { describe, expect, it } from 'vitest';
import { findings } from '../support/rules.ts';

/** The names that the search for the patient's own values finds in a text. */
function named(name: string, text: string): string[] {
  return findings(`PID|1||4471823^^^H^MR||${name}||19930804|F`, `OBX|1|TX|1^x||${text}`)
    .filter(([rule]) => rule === 'echo.name')
    .map(([, , , value]) => value);
}

describe('a family name that is never looked for by itself', () => {
  it.each([
    ['Le^Linh', 'Le August 4th, 1993', ['Le']],
    ['Le^Linh', 'pacemaker check, Le 08/04/1993, ok', ['Le']],
    ['Le^An', 'Le born 4 August 1993', ['Le']],
    ['Das^Ravi', '04.08.1993 Das', ['Das']],
    ['Young^Ann', 'Young (DOB 08/04/1993)', ['Young']],
    ['Das^Eva', 'Das, geb. am 4.8.1993', ['Das']],
    ['Li^Bo', 'Li 4471823', ['Li']],
    ['De Sa^Ana', 'film of De Sa 4471823', ['De Sa']],
    ['王^小明', '王 1993-08-04', ['王']],
  ])('of %s is found beside a day or number of the same person: %s', (name, text, found) => {
    expect(named(name, text)).toEqual(found);
  });

  it.each([
    ['Le^Linh', 'Le Fort I, August 4th, 1993'],
    ['Das^Ravi', 'wie das 04.08.1993 war'],
    ['Long^Ann', 'a long 08/04/1993'],
    ['Li^Bo', 'Li 0.6 mmol/L on 02/03/2026, dose of Li'],
    // Of a day that is not the patient's, the rest of the text has to say nothing.
    ['Le^Linh', 'avant Le 12/03/2026 au soir'],
  ])('of %s is not found in: %s', (name, text) => {
    expect(named(name, text)).toEqual([]);
  });

  it('is found beside a day of anybody where the field holds nothing else', () => {
    expect(named('Young^Ann', 'Young 2 March 2026')).toEqual(['Young']);
  });
});

describe('a name of short words', () => {
  it.each([
    ['Li^An', 'patient An Li, seen', ['An Li']],
    ['Ng^Bo', 'copy to NG, BO', ['NG, BO']],
    ['De Sa^Ana', 'Exported for Ana De Sa as Prairie', ['Ana De Sa']],
    ['O^Min', 'seen: Min O', ['Min O']],
    ['王^小明', '小明 王 来了', ['小明 王']],
    ['Li^An', 'an li mit', []],
  ])('of %s is found where all of it stands: %s', (name, text, found) => {
    expect(named(name, text)).toEqual(found);
  });
});
