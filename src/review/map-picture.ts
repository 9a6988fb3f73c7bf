import type { Verdict } from '../core/vocabulary.ts';
import type { Transit } from '../lineage/row.ts';
import type { Graph } from './map-layout.ts';

/** A box of a map: a system, or the rest of them. */
export interface PictureNode {
  readonly id: string;
  readonly title: string;
  /** What kind of name it goes by, under the title. */
  readonly sub: string;
  readonly href: string;
  readonly current: boolean;
}

/** A line of a map: what went from one box to another. */
export interface PictureLine {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Its colour and the shape of its mark; null where the picture is not about what is permitted. */
  readonly verdict: Verdict | null;
  /** Its dashes and the sign in its mark. */
  readonly transit: Transit;
  /** Its width. */
  readonly messages: number;
  /** All of it in words. */
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

export interface Picture {
  /** What it shows, in words. */
  readonly label: string;
  readonly nodes: readonly PictureNode[];
  readonly lines: readonly PictureLine[];
}

const HEIGHT = 40;
/** Widths of letters in pixels, a little too wide rather than too narrow: nobody knows the reader's fonts. */
const [CAPITAL, OTHER, SMALL] = [10, 7.8, 6.6];
const LONGEST = 24;
const TAIL = 8;

/** A title that fits its box: names in a row often differ at their end, so what is left out is of the middle. */
export function shortTitle(title: string): string {
  return title.length <= LONGEST ? title : `${title.slice(0, LONGEST - TAIL - 1)}…${title.slice(-TAIL)}`;
}

/** What is laid out of a picture: boxes as wide as the widest. Lines of one box to itself are not drawn: the table has them. */
export function graphOf({ nodes, lines }: Picture): Graph {
  const widths = nodes.map(({ title, sub }) => Math.max(widthOf(shortTitle(title)), sub.length * SMALL));
  const width = Math.round(Math.max(72, ...widths) + 24);
  return {
    nodes: nodes.map(({ id }) => ({ id, width, height: HEIGHT })),
    lines: lines.filter(({ source, target }) => source !== target).map(({ id, source, target }) => ({ id, source, target })),
  };
}

function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[\p{Lu}\p{N}^_@]/u.test(letter) ? CAPITAL : OTHER), 0);
}
