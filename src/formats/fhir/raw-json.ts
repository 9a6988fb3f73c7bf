import { CharClass, type Leaves, type Parsed } from '../../core/format.ts';
import { createAddressBook } from '../address-book.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { coverageOf } from '../coverage.ts';
import { columnsOf, spansBy } from '../source-leaves.ts';
import { createMapper, type Mapped, stringRuns } from '../text/mapped.ts';
import type { Source } from '../text/source.ts';
import { jsonText } from './json-text.ts';
import { stringText } from './leaves.ts';
import { Kind, NO_NAME, NODE_WIDTH, Node, Place, type Tokens } from './tokens.ts';

const RAW = createAddressBook('raw', 0).intern('raw', 'raw', '', true);

/**
 * JSON that is no FHIR, as format `raw`: a leaf per value, escapes resolved. Its text begins with the words of its name and of what holds it
 * (`patient date Of Birth: 1962-03-03`), since in a text a word tells what a number is.
 */
export function rawJson(source: Source, from: number, to: number, tokens: Tokens): Parsed {
  return {
    format: 'raw',
    type: '',
    start: source.origin(from),
    end: source.origin(to),
    leaves: jsonLeaves(source, tokens),
    coverage: coverageOf(source, from, to),
    identity: { values: [] },
    routing: { fields: {}, processing: '' },
    problems: [],
  };
}

function jsonLeaves(source: Source, tokens: Tokens): Leaves {
  const { buffer } = source;
  const { columns } = tokens;
  const { count, address, classes, start, end } = columns;
  address.fill(RAW);
  const words = new Map<string, string>();
  const labelOf = (leaf: number): string => {
    const slot = leaf * PLACE_WIDTH;
    if (columns.place[slot + Place.kind] === Kind.name) return '';
    const [inner, outer] = namesOf(tokens, columns.place[slot + Place.node] ?? -1, columns.place[slot + Place.name] ?? NO_NAME);
    const key = `${outer} ${inner}`;
    const known = words.get(key);
    if (known !== undefined) return known;
    const made = `${spoken(key)}: `.replace(/^: $/, '');
    words.set(key, made);
    return made;
  };
  const sourceClasses = classes.slice();
  // The name is in the text and not in the bytes of the leaf.
  for (let leaf = 0; leaf < count; leaf++) classes[leaf] = (classes[leaf] ?? 0) | CharClass.escape;
  const mappedOf = (leaf: number): Mapped => {
    const [from = 0, to = 0] = [start[leaf], end[leaf]];
    const value = jsonText(buffer, from, to);
    const label = labelOf(leaf);
    const mapper = createMapper(stringRuns(value.text));
    mapper.put(label, 0, 0);
    mapper.run(0, value.text.length);
    const made = mapper.done();
    return {
      text: made.text,
      find(first, after) {
        const found = made.find(first, after);
        return found === null ? null : value.find(found.start, found.end);
      },
    };
  };
  let read: { leaf: number; text: string } | null = null;
  return {
    ...columnsOf(source, columns),
    path: () => 'raw',
    text(leaf) {
      if (read?.leaf !== leaf) {
        const value = stringText(buffer, start[leaf] ?? 0, end[leaf] ?? 0, sourceClasses[leaf] ?? 0);
        read = { leaf, text: labelOf(leaf) + value };
      }
      return read.text;
    },
    spanOf: spansBy(source, mappedOf),
  };
}

/** The leaf's name, and that of the object it lies in; values of an array have the array's. */
function namesOf({ nodes, wordOf }: Tokens, from: number, own: number): [string, string] {
  const found: string[] = own === NO_NAME ? [] : [wordOf(own)];
  for (let node = from; node >= 0 && found.length < 2; node = nodes[node * NODE_WIDTH + Node.parent] ?? -1) {
    const name = nodes[node * NODE_WIDTH + Node.name] ?? NO_NAME;
    if (name !== NO_NAME) found.push(wordOf(name));
  }
  return [found[0] ?? '', found[1] ?? ''];
}

/** `patient dateOfBirth` → `patient date Of Birth` */
function spoken(names: string): string {
  return names
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-\s]+/g, ' ')
    .trim();
}
