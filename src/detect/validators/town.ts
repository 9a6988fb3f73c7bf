import { Town, townBits } from '../towns/towns.ts';
import type { Validator } from './validator.ts';

const asks =
  (bit: number): Validator =>
  (text) =>
    (townBits(text) & bit) === 0 ? 0 : 1;

/** One of the towns and larger villages of the countries that notes come from (src/detect/towns), whatever else its name is. */
export const town = asks(Town.known);

/** One whose name after `in` or `near` is nothing else. */
export const townPlace = asks(Town.place);

/** One whose name is no person's, word's or eponym's. */
export const townSure = asks(Town.sure);

/** One that after `in` is nothing else in small letters either. */
export const townSmall = asks(Town.small);

/** One that a sentence about people on their way is enough for: it may be a surname or a word, and no maker, eponym or drug. */
export const townTold = asks(Town.told);
