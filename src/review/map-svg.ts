import { html } from 'hono/html';
import type { Verdict } from '../core/vocabulary.ts';
import { STANDING_PATHS, standingMark } from './evidence-page.ts';
import type { Html } from './html.ts';
import type { Laid } from './map-elk.ts';
import type { Layout, Point } from './map-layout.ts';
import { graphOf, type Picture, type PictureLine, type PictureNode, shortTitle } from './map-picture.ts';

const PAD = 8;
/** Pixels across a line's mark. */
const MARK = 20;
/** Pixels of the column that pages have at most; a wider picture is made smaller, as long as it can be read, and scrolls beyond. */
const [COLUMN, SMALLEST] = [1028, 0.75];
/** Messages from which a line is one step wider. */
const WIDER = [10, 100, 1000, 10_000, 100_000];

/** A picture as SVG: links for lines and boxes, each with its words; colours, dashes and widths are classes, for the style sheet and both themes. */
export function mapSvg(picture: Picture, { layout, plain }: Laid): Html {
  const width = Math.ceil(layout.width) + 2 * PAD;
  const height = Math.ceil(layout.height) + 2 * PAD;
  const scale = Math.min(1, Math.max(SMALLEST, COLUMN / width));
  const boxes = new Map(graphOf(picture).nodes.map((node) => [node.id, node]));
  const marks = marksOf(picture.lines, layout);
  // What is looked at is drawn over the others.
  const lines = picture.lines.toSorted((one, other) => Number(one.current) - Number(other.current));
  return html`<div class="map-scroll" tabindex="0" role="region" aria-label="${picture.label}">
<svg class="map" role="group" aria-label="${picture.label}" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" viewBox="${-PAD} ${-PAD} ${width} ${height}">
<g>${lines.map((line) => lineLink(line, layout, marks.get(line.id)))}</g>
<g>${picture.nodes.map((node) => nodeLink(node, layout.nodes.get(node.id), boxes.get(node.id)))}</g>
</svg></div>
${plain ? html`<p class="quiet small" role="note">Drawn plainly, because a better drawing was not ready in time. Reload the page for it.</p>` : ''}`;
}

function nodeLink(node: PictureNode, at: Point | undefined, box: { width: number; height: number } | undefined): Html {
  if (at === undefined || box === undefined) return html``;
  // The whole of a name that was cut is on the box; its words are the link's, as they are seen.
  const whole = shortTitle(node.title) === node.title ? '' : html`<title>${node.title}</title>`;
  return html`<a class="node" href="${node.href}"${node.current ? html` aria-current="true"` : ''}><rect x="${round(at.x)}" y="${round(at.y)}" width="${box.width}" height="${box.height}" rx="6">${whole}</rect><text x="${round(at.x + 12)}" y="${round(at.y + 17)}">${shortTitle(node.title)}</text> <text class="sub" x="${round(at.x + 12)}" y="${round(at.y + 32)}">${node.sub}</text></a>
`;
}

function lineLink(line: PictureLine, layout: Layout, mark: Point | undefined): Html {
  const points = layout.lines.get(line.id);
  const [start] = points ?? [];
  const end = points?.at(-1);
  if (points === undefined || start === undefined || end === undefined || mark === undefined) return html``;
  const step = WIDER.filter((from) => line.messages >= from).length + 1;
  const tip = tipOf(end, points.at(-2) ?? start, 5 + step);
  const path = pathOf(points, tip.neck);
  return html`<a class="line ${line.verdict ?? 'plain'} ${line.transit} w${step}" href="${line.href}" aria-label="${line.label}"${line.current ? html` aria-current="true"` : ''}><title>${line.label}</title><path class="hit" d="${path}"></path><path class="stroke" d="${path}"></path><path class="tip" d="${tip.path}"></path>${markAt(mark, line)}</a>
`;
}

/** A line's mark: its shape says what the verdict is, the sign in it what is known of the encryption. */
function markAt({ x, y }: Point, { verdict, transit }: Pick<PictureLine, 'verdict' | 'transit'>): Html {
  return html`<g class="mark" transform="translate(${round(x - MARK / 2)} ${round(y - MARK / 2)})"><path class="shape" d="${SHAPES[verdict ?? 'permitted']}"></path><g class="sign" transform="translate(5 5) scale(0.625)">${STANDING_PATHS[transit]}</g></g>`;
}

/** On a grid of 20: an octagon that stands out, a circle, a square. */
const SHAPES: Readonly<Record<Verdict, string>> = {
  flagged: 'M10 0 20 10 10 20 0 10z',
  permitted: 'M10 2a8 8 0 0 1 0 16a8 8 0 0 1 0-16z',
  clean: 'M3 3h14v14H3z',
};

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  flagged: 'not permitted',
  permitted: 'permitted',
  clean: 'no patient data',
};

/** A shape and a word, as on the lines of the picture. */
export function verdictMark(verdict: Verdict, words = VERDICT_WORDS[verdict]): Html {
  return html`<span class="verdict ${verdict}"><svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true"><path d="${SHAPES[verdict]}"></path></svg>${words}</span>`;
}

/** What shapes, colours, signs, dashes and widths stand for; `verdicts` are the shapes that the picture has. */
export function mapLegend(verdicts: readonly Html[]): Html {
  const dashes = (['proven', 'claimed', 'unknown', 'failed'] as const).map(
    (transit) =>
      html`<li><svg class="map dashes" viewBox="0 0 32 12" width="32" height="12" aria-hidden="true"><g class="line plain ${transit} w2"><path class="stroke" d="M0 6h32"></path></g></svg>${standingMark(transit, 12)}</li>`,
  );
  return html`<ul class="bare map-legend small" aria-label="Legend">
${verdicts.map((each) => html`<li>${each}</li>`)}
${dashes}
<li class="quiet">The wider a line, the more messages</li>
</ul>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Cubic curves where the points make whole ones, straight pieces where they don't. The last point is where the tip begins. */
function pathOf(points: readonly Point[], neck: Point): string {
  const all = [...points.slice(0, -1), neck];
  const text = all.map(({ x, y }) => `${round(x)} ${round(y)}`);
  const curves = (points.length - 1) % 3 === 0;
  return `M${text[0]}${curves ? 'C' : 'L'}${text.slice(1).join(' ')}`;
}

/** The tip of an arrow into `end`, from the side of `before`; `neck` is where its line ends. */
function tipOf(end: Point, before: Point, size: number): { path: string; neck: Point } {
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const neck = { x: end.x - dx * size, y: end.y - dy * size };
  const half = size * 0.6;
  const corner = (side: number): string => `${round(neck.x - dy * half * side)} ${round(neck.y + dx * half * side)}`;
  return { path: `M${round(end.x)} ${round(end.y)}L${corner(1)} ${corner(-1)}z`, neck };
}

/** Where along a line its mark may be, the best place first. */
const PLACES = [0.5, 0.65, 0.35, 0.78, 0.22];

/** A place for each line's mark, off those that are there already where one is left. */
function marksOf(lines: readonly PictureLine[], layout: Layout): Map<string, Point> {
  const marks = new Map<string, Point>();
  for (const { id } of lines) {
    const points = layout.lines.get(id) ?? [];
    const places = PLACES.map((share) => pointAt(points, share));
    const free = places.find((place) => ![...marks.values()].some(({ x, y }) => Math.hypot(x - place.x, y - place.y) < MARK + 2));
    const place = free ?? places[0];
    if (place !== undefined) marks.set(id, place);
  }
  return marks;
}

/** The point after a share of a line's pieces: curves, or straight ones. */
function pointAt(points: readonly Point[], share: number): Point {
  const step = (points.length - 1) % 3 === 0 ? 3 : 1;
  const pieces = (points.length - 1) / step;
  const at = Math.min(pieces - 1, Math.floor(share * pieces));
  const rest = share * pieces - at;
  const weights =
    step === 3 ? [(1 - rest) ** 3, 3 * rest * (1 - rest) ** 2, 3 * rest ** 2 * (1 - rest), rest ** 3] : [1 - rest, rest];
  const of = (axis: 'x' | 'y'): number =>
    weights.reduce((sum, weight, corner) => sum + weight * (points[at * step + corner]?.[axis] ?? 0), 0);
  return { x: of('x'), y: of('y') };
}
