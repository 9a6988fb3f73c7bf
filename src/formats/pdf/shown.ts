/** Text that is shown in one go, where it stands on the page. */
export interface Chunk {
  readonly text: string;
  /** Where its baseline begins and ends, in the page's units. */
  readonly x: number;
  readonly y: number;
  readonly endX: number;
  readonly endY: number;
  /** Height of the font on the page. */
  readonly size: number;
}

/** What a content stream shows. */
export interface Shown {
  readonly chunks: Chunk[];
  /** What is drawn where another text is said to stand for it (ActualText), and is not that text. */
  readonly replaced: Chunk[];
  /** Pictures: their area, and their bytes in the file where they are a stream of their own. */
  readonly pictures: { area: number; from: number; to: number }[];
  /** Characters that nobody can tell, and the different codes among them. */
  unknown: number;
  readonly unknownCodes: Set<number>;
  /** Characters in all. */
  glyphs: number;
}

export function newShown(): Shown {
  return { chunks: [], replaced: [], pictures: [], unknown: 0, unknownCodes: new Set(), glyphs: 0 };
}
