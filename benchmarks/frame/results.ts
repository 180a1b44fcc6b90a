import { Sample } from './campaign';
import { Figures } from './figures';
import { Measure } from './measure';
import { figureTable, Layout, ratioTable } from './tables';

/** A measure with its name. */
export type NamedMeasure = Measure & { readonly name: string };

/** The page of results. `conditions` says on what and when they were taken. */
export function page(samples: readonly Sample[], measures: readonly NamedMeasure[], layout: Layout, conditions: string): string {
  const sections = measures.map((measure) => ({ measure, figures: Figures.of(samples.filter((sample) => sample.measure === measure.name)) }));
  return `# Results of the benchmark

Written by \`npm run bench\`. [README.md](README.md) says what is compared.

${conditions}

Only ratios mean something on another machine: of two contenders in the same run, round by round, the median and in parentheses the least and
the most of the rounds. "Each further API" is the difference between the most and the fewest APIs, divided by the APIs between them: what is
paid once, such as the shared resources and the start of the CDK, is not in it.

## Ratios

${ratioTable(sections.flatMap(({ figures }) => figures), layout)}

## Figures
${sections.map(({ measure, figures }) => `
### ${measure.title}
${measure.note} ${measure.rounds === 1 ? 'Taken once.' : `Median of ${measure.rounds} rounds.`}

${figureTable(figures, layout)}
`).join('')}`;
}
