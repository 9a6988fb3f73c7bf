import { canonical, fold } from '../core/canonical.ts';
import { ownLeaves, type Parsed } from '../core/format.ts';

/** Where a patient's name stands. Identity leaves out what is a placeholder, as `TEST` is, so the place is looked at itself. */
const NAMED = /^(?:PID-5(?:\.|$)|\(0010,0010\)$|Patient\.name\.(?:family|given|text)$)/;
/** Leaves that may come before it; what follows is what the message is about. */
const LOOKED_AT = 400;

/** Whether a word of the name of a message's patient is one of these; `ZZ*` is every word that begins so. Case and diacritics do not count. */
export function testNames(patterns: readonly string[]): (parsed: Parsed) => boolean {
  const words = new Set(patterns.filter((pattern) => !pattern.endsWith('*')).map(fold));
  const heads = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => fold(pattern.slice(0, -1)));
  /** By the number of the address: the same of thousands of messages. */
  const places: boolean[] = [];
  const isTest = (word: string): boolean => words.has(word) || heads.some((head) => word.startsWith(head));
  return ({ leaves }) => {
    const end = patterns.length === 0 ? 0 : Math.min(ownLeaves(leaves), LOOKED_AT);
    for (let leaf = 0; leaf < end; leaf++) {
      const address = leaves.address[leaf] ?? 0;
      places[address] ??= NAMED.test(leaves.addressOf(leaf).path);
      if (!places[address]) continue;
      if (canonical('name', leaves.text(leaf)).split(' ').some(isTest)) return true;
    }
    return false;
  };
}
