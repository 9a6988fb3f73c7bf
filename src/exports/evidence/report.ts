import pdfmake, { type Content } from 'pdfmake';
import type { PackFacts } from './facts.ts';
import type { Gap } from './gaps.ts';
import type { Numbers } from './numbers.ts';
import { COLOURS, LAYOUT, minute, number, percent, STYLES, tile } from './report-parts.ts';
import type { ReportRows } from './report-rows.ts';
import { auditLog, coverage, encryption, gapsSection, incidents, monitored, reviews } from './report-sections.ts';

const FONTS = new URL('../../../node_modules/pdfmake/fonts/Roboto/', import.meta.url).pathname;

/** The report as PDF: the same bytes for the same data. Every number in it is one of `numbers` or a row of the data. */
export async function reportPdf(
  facts: PackFacts,
  rows: ReportRows,
  numbers: Numbers,
  gaps: readonly Gap[],
  key: string,
): Promise<Buffer> {
  const { about } = facts;
  pdfmake.setFonts({
    Roboto: {
      normal: `${FONTS}Roboto-Regular.ttf`,
      bold: `${FONTS}Roboto-Medium.ttf`,
      italics: `${FONTS}Roboto-Italic.ttf`,
      bolditalics: `${FONTS}Roboto-MediumItalic.ttf`,
    },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS));
  const document = pdfmake.createPdf({
    info: { title: 'Evidence of Cordon', author: about.by, creationDate: new Date(about.made), modDate: new Date(about.made) },
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 48],
    defaultStyle: { font: 'Roboto', fontSize: 9.5, color: COLOURS.text },
    styles: STYLES,
    // No heading stands alone at the foot of a page.
    pageBreakBefore: (node, nodes) => node.headlineLevel !== undefined && nodes.getFollowingNodesOnPage().length < 2,
    footer: (page, pages) => ({
      columns: [
        { text: `Cordon · ${minute(about.from)} to ${minute(about.to)} UTC`, fontSize: 7.5, color: COLOURS.faint },
        { text: `${page} of ${pages}`, fontSize: 7.5, color: COLOURS.faint, alignment: 'right' },
      ],
      margin: [40, 16, 40, 0],
    }),
    content: [
      ...front(facts, numbers),
      ...monitored(facts),
      ...coverage(facts, numbers),
      ...incidents(facts, rows),
      ...encryption(facts),
      ...reviews(rows),
      ...auditLog(facts, rows, key),
      ...gapsSection(gaps),
      ...howToCheck(),
    ],
  });
  return document.getBuffer();
}

function front({ about }: PackFacts, numbers: Numbers): Content[] {
  const of = (name: string): number => numbers[name] ?? 0;
  const closed = of('incidents') - of('incidents not closed');
  const failed = of('hop checks failed') + of('place checks failed');
  const bad = (count: number): string => (count > 0 ? COLOURS.bad : COLOURS.good);
  return [
    { text: 'Evidence of data protection', style: 'title' },
    { text: `${minute(about.from)} until ${minute(about.to)} (UTC)`, fontSize: 12, color: COLOURS.accent, margin: [0, 0, 0, 2] },
    {
      text: `Made ${minute(about.made)} UTC by ${about.by} · Cordon ${about.version} · ${about.origin}`,
      style: 'faint',
      margin: [0, 0, 0, 12],
    },
    { text: summary(numbers), style: 'lead' },
    {
      table: {
        widths: ['*', '*', '*', '*'],
        body: [
          [
            tile(number(of('messages')), 'messages received'),
            tile(percent(of('messages scanned'), of('messages')), 'of them scanned'),
            tile(number(of('flows')), 'flows heard of'),
            tile(number(of('flows without a policy')), 'flows nobody registered', bad(of('flows without a policy'))),
          ],
          [
            tile(number(of('incidents')), 'incidents seen or handled'),
            tile(number(closed), 'of them closed'),
            tile(number(failed), 'encryption checks failed', bad(failed)),
            tile(number(of('reviews')), 'signed reviews', of('reviews') > 0 ? COLOURS.good : COLOURS.warn),
          ],
        ],
      },
      layout: { ...LAYOUT, hLineWidth: () => 0.5, vLineWidth: () => 0.5, vLineColor: () => COLOURS.line },
    },
  ];
}

function summary(numbers: Numbers): string {
  const of = (name: string): number => numbers[name] ?? 0;
  const some = (count: number, one: string): string => `${number(count)} ${count === 1 ? one : `${one}s`}`;
  const quiet = of('days without a message');
  return [
    `Cordon received ${some(of('messages'), 'message')} on ${some(of('flows'), 'flow')} and examined ${percent(of('bytes examined'), of('bytes'))} of their bytes.`,
    `${some(of('messages flagged'), 'message')} carried something that nothing permitted. ${some(of('incidents opened'), 'incident')} began; of the ${number(of('incidents'))} that were seen or handled, ${number(of('incidents not closed'))} are not closed.`,
    quiet === 0 ? '' : `On ${quiet} of ${some(of('days'), 'day')} nothing was received.`,
    'What the report cannot show is said on its last page.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function howToCheck(): Content[] {
  return [
    { text: 'How to check it', style: 'heading', headlineLevel: 1 },
    {
      text:
        'This file is one of a zip. The script in it, check-evidence.mjs, needs Node alone: it makes the numbers above again from the data, compares the digest of each file ' +
        'with the list that was sealed on the audit log, proves that the entries of the log are complete and in order, and checks the signature. It names what was touched. ' +
        'README.txt has the command. The report by itself proves nothing: anybody can print another one.',
      fontSize: 9,
      lineHeight: 1.25,
    },
  ];
}
