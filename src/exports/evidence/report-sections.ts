import type { Content } from 'pdfmake';
import { systemName, titleOf } from '../../review/titles.ts';
import { DATA_FILES, OTHER_FILES } from './data.ts';
import type { PackFacts } from './facts.ts';
import type { Gap } from './gaps.ts';
import { daysOf, isHop, type Numbers } from './numbers.ts';
import { breakable, type Cell, COLOURS, minute, number, percent, shown, table } from './report-parts.ts';
import { type ReportRows, SHOWN } from './report-rows.ts';

/** What flows were heard of, and what came over them. */
export function monitored({ flows, messages }: PackFacts): Content[] {
  const of = (key: string, policy: string | null): number =>
    messages.filter(({ flow }) => flow === (policy ?? key)).reduce((sum, count) => sum + count.messages, 0);
  const { rows, rest } = shown(
    flows.toSorted((a, b) => (a.policy ?? '~').localeCompare(b.policy ?? '~', 'en')),
    SHOWN,
    DATA_FILES.flows,
  );
  return [
    { text: 'What was monitored', style: 'heading', headlineLevel: 1 },
    table(
      [
        { title: 'From', width: '*' },
        { title: 'To', width: '*' },
        { title: 'By', width: 42 },
        { title: 'Policy', width: 110 },
        { title: 'Messages', width: 52, right: true },
      ],
      rows.map(({ key, source, destination, listener, policy }) => [
        breakable(systemName(source)),
        breakable(systemName(destination)),
        listener,
        policy === null ? { text: 'nobody registered it', color: COLOURS.bad } : breakable(policy),
        number(of(key, policy)),
      ]),
      'Nothing was heard of any flow.',
    ),
    rest,
  ];
}

/** How much of what came was examined, day by day. */
export function coverage(data: PackFacts, numbers: Numbers): Content[] {
  const of = (name: string): number => numbers[name] ?? 0;
  const row = (title: string, name: string): string[] => [title, number(of(name)), percent(of(name), of('messages'))];
  return [
    { text: 'How much of it was examined', style: 'heading', headlineLevel: 1 },
    chart(data),
    table(
      [
        { title: 'Messages', width: '*' },
        { title: 'Count', width: 80, right: true },
        { title: 'Of all', width: 60, right: true },
      ],
      [
        row('received', 'messages'),
        row('scanned', 'messages scanned'),
        row('flagged: something in them was not permitted', 'messages flagged'),
        row('examined in part', 'messages examined in part'),
        row('quarantined: malformed, kept apart', 'messages quarantined'),
        row('waiting for their scan', 'messages pending'),
        row('given up after three attempts', 'messages given up'),
        ['bytes examined', number(of('bytes examined')), percent(of('bytes examined'), of('bytes'))],
      ],
      '',
    ),
    {
      text: `Counted from ${DATA_FILES.messages}, by day, flow and what became of them. Bytes that were not examined are mostly pixel data.`,
      style: 'faint',
    },
  ];
}

const CHART = { width: 515, height: 54 };

/** Messages a day as bars; nothing is drawn for a day without any. */
function chart(data: PackFacts): Content {
  const days = daysOf(data);
  if (days.length < 2) return '';
  const perDay = new Map<string, number>();
  for (const { day, messages } of data.messages) perDay.set(day, (perDay.get(day) ?? 0) + messages);
  const most = Math.max(1, ...perDay.values());
  const step = CHART.width / days.length;
  const bars = days.flatMap((day, index) => {
    const height = ((perDay.get(day) ?? 0) / most) * CHART.height;
    const width = Math.max(0.5, Math.min(step * 0.8, 14));
    return height === 0
      ? []
      : [{ type: 'rect' as const, x: index * step, y: CHART.height - height, w: width, h: height, color: COLOURS.accent }];
  });
  const base = {
    type: 'line' as const,
    x1: 0,
    y1: CHART.height,
    x2: CHART.width,
    y2: CHART.height,
    lineWidth: 0.5,
    lineColor: COLOURS.line,
  };
  return {
    stack: [
      { canvas: [...bars, base] },
      {
        columns: [
          { text: days[0] ?? '', style: 'faint' },
          { text: `messages a day, ${number(most)} at most`, style: 'faint', alignment: 'center' },
          { text: days.at(-1) ?? '', style: 'faint', alignment: 'right' },
        ],
      },
    ],
    margin: [0, 4, 0, 8],
  };
}

export function incidents({ incidents: all }: PackFacts, shownRows: ReportRows): Content[] {
  const list = shown(shownRows.incidents, SHOWN, DATA_FILES.incidents, all.total);
  const history = shown(shownRows.history, SHOWN, DATA_FILES.acts, shownRows.historyTotal);
  const severe = (severity: string): string => (severity === 'critical' || severity === 'high' ? COLOURS.bad : COLOURS.text);
  return [
    { text: 'Incidents', style: 'heading', headlineLevel: 1 },
    table(
      [
        { title: 'Severity', width: 38 },
        { title: 'What', width: '*' },
        { title: 'From', width: 84 },
        { title: 'Messages', width: 40, right: true },
        { title: 'Patients', width: 38, right: true },
        { title: 'First seen (UTC)', width: 68 },
        { title: 'State', width: 64 },
      ],
      list.rows.map((one) => [
        { text: one.severity, color: severe(one.severity) },
        titleOf(one),
        breakable(systemName(one.source)),
        number(one.messages),
        number(one.patients),
        minute(one.firstSeen),
        one.state.replace('-', ' ') + (one.unconfirmed === true ? ', unconfirmed' : ''),
      ]),
      'None was seen or handled in this period.',
    ),
    list.rest,
    { text: 'How they were handled', style: 'sub', headlineLevel: 2 },
    table(
      [
        { title: 'When (UTC)', width: 74 },
        { title: 'Who', width: 90 },
        { title: 'What', width: 90 },
        { title: 'Note', width: '*' },
      ],
      history.rows.map(({ at, actor, action, from, to, note }) => [
        minute(at),
        breakable(actor),
        from === null || from === to ? action : `${from} to ${to}`,
        note,
      ]),
      'Nobody acted on an incident in this period.',
    ),
    ...(history.rows.length === 0 ? [] : [history.rest]),
  ];
}

const MARKS = { proven: COLOURS.good, failed: COLOURS.bad, unknown: COLOURS.warn, claimed: COLOURS.warn } as const;

/** Of each hop and place how many checks came to what, and what is wrong with it. */
export function encryption({ standing }: PackFacts): Content[] {
  const of = (hop: boolean): Content => {
    const targets = Map.groupBy(
      standing.filter(({ target }) => isHop(target) === hop),
      ({ target }) => target,
    );
    const rows = [...targets].map(([target, checks]) => {
      const count = (outcome: string): number => checks.filter((check) => check.outcome === outcome).length;
      const cell = (outcome: keyof typeof MARKS): Cell =>
        count(outcome) === 0
          ? { text: '–', color: COLOURS.faint }
          : { text: number(count(outcome)), color: MARKS[outcome], bold: true };
      const wrong = checks.find(({ outcome }) => outcome === 'failed') ?? checks.find(({ reason }) => reason !== null);
      return [breakable(target), cell('proven'), cell('failed'), cell('unknown'), cell('claimed'), wrong?.reason ?? ''];
    });
    const { rows: some, rest } = shown(rows, SHOWN, DATA_FILES.evidence);
    const empty = hop ? 'Nothing was known of any hop.' : 'Nothing was known of any place.';
    const columns = ['proven', 'failed', 'unknown', 'claimed'].map((title) => ({ title, width: 38, right: true as const }));
    const last = { title: 'What is not proven, and why', width: '*' as const };
    return { stack: [table([{ title: hop ? 'Hop' : 'Place', width: 120 }, ...columns, last], some, empty), rest] };
  };
  return [
    { text: 'Encryption', style: 'heading', headlineLevel: 1 },
    {
      text: 'As it stood at the end of the period: how many checks of each came to what. What had expired by then counts as unknown.',
      style: 'faint',
    },
    { text: 'On the way, hop by hop', style: 'sub', headlineLevel: 2 },
    of(true),
    { text: 'Where data lies, place by place', style: 'sub', headlineLevel: 2 },
    of(false),
  ];
}

export function reviews({ reviews: signed }: ReportRows): Content[] {
  return [
    { text: 'Reviews', style: 'heading', headlineLevel: 1 },
    table(
      [
        { title: 'Signed (UTC)', width: 74 },
        { title: 'By', width: 80 },
        { title: 'Period', width: 118 },
        { title: 'Scanned then', width: 70, right: true },
        { title: 'Finding', width: 76 },
        { title: 'Note', width: '*' },
      ],
      signed.map(({ at, actor, from, to, outcome, note, coverage: then }) => [
        minute(at),
        breakable(actor),
        `${minute(from)} to ${minute(to)}`,
        `${number(then.scanned)} of ${number(then.messages)}`,
        outcome === 'findings' ? 'findings' : 'nothing further',
        note,
      ]),
      'Nobody signed a review of this period.',
    ),
  ];
}

/** What people and keys did, summed up by who and what. */
export function auditLog({ about }: PackFacts, { done }: ReportRows, key: string): Content[] {
  const { rows, rest } = shown(done, SHOWN, OTHER_FILES.entries);
  return [
    { text: 'What people and keys did', style: 'heading', headlineLevel: 1 },
    table(
      [
        { title: 'Who', width: '*' },
        { title: 'What', width: '*' },
        { title: 'Times', width: 50, right: true },
        { title: 'Last (UTC)', width: 90 },
      ],
      rows.map(({ actor, action, count, last }) => [breakable(actor), action, number(count), minute(last)]),
      'Nobody did anything in this period.',
    ),
    rest,
    { text: `The log is ${about.origin}; its checkpoints are signed with ${key}`, style: 'faint' },
  ];
}

export function gapsSection(gaps: readonly Gap[]): Content[] {
  return [
    { text: 'What this report does not show', style: 'heading', headlineLevel: 1 },
    ...gaps.map(
      ({ title, text }): Content => ({
        stack: [
          { text: title, bold: true, fontSize: 9.5 },
          { text: breakable(text), fontSize: 9, color: COLOURS.faint, lineHeight: 1.2 },
        ],
        margin: [0, 4, 0, 3],
        unbreakable: true,
      }),
    ),
  ];
}
