import { Figures } from './figures';
import { Unit } from './measure';
import { Spread } from './statistics';

/** What tables are about. */
export interface Layout {
  /** Titles of the contenders by name, in the order of the rows. */
  readonly titles: ReadonlyMap<string, string>;
  /** Name of the contender with which all others are compared. */
  readonly baseline: string;
  /** Numbers of APIs, in the order of the columns. */
  readonly sizes: readonly number[];
}

/** How many times as much as the baseline each other contender takes; Markdown. */
export function ratioTable(figures: readonly Figures[], layout: Layout): string {
  const { titles, baseline, sizes } = layout;
  const others = [...titles].filter(([name]) => name !== baseline);
  const rows = figures.filter(({ reading }) => !reading.relative).flatMap((each) => others.map(([name, title]) => [
    each.reading.name, title,
    ...sizes.map((apis) => spread(each.ratio(name, baseline, apis))),
    each.addsUp ? spread(each.furtherRatio(name, baseline)) : '',
  ]));
  return markdown([`÷ ${titles.get(baseline)}`, ''], rows, layout);
}

/** The figures themselves; Markdown. */
export function figureTable(figures: readonly Figures[], layout: Layout): string {
  const { titles, sizes } = layout;
  const rows = figures.flatMap((each) => [...titles].map(([name, title]) => [
    each.reading.name, title,
    ...sizes.map((apis) => quantity(each.usual(name, apis), each.reading.unit)),
    each.addsUp ? quantity(each.further(name), each.reading.unit) : '',
  ]));
  return markdown(['', ''], rows, layout);
}

/** A figure as people read it. */
export function quantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms': return `${digits(value)} ms`;
    case 'bytes': return Math.abs(value) >= 1024 ** 2 ? `${digits(value / 1024 ** 2)} MiB` : `${digits(value / 1024)} KiB`;
    case 'count': return digits(value);
    case 'ratio': return value.toFixed(2);
  }
}

/** Three digits, and whole numbers as they are. */
function digits(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/** The middle, and from where to where when that differs. */
export function spread({ median, least, most }: Spread): string {
  const [middle, from, to] = [median, least, most].map((value) => value.toFixed(2));
  return from === to ? middle : `${middle} (${from} to ${to})`;
}

function markdown(labels: readonly string[], rows: readonly string[][], { sizes }: Layout): string {
  const header = [...labels, ...sizes.map((apis) => (apis === 1 ? '1 API' : `${apis} APIs`)), 'each further API'];
  // A label that repeats the one above it is easier to read when left out.
  const cells = rows.map((row, index) => (index > 0 && rows[index - 1][0] === row[0] ? ['', ...row.slice(1)] : row));
  return [header, header.map((_, index) => (index < labels.length ? '---' : '---:')), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
