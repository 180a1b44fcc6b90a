import { Sample } from './campaign';
import { Reading } from './measure';
import { median, ratios, Spread } from './statistics';

/** The figures of one reading, of every contender and size. */
export class Figures {
  /** The figures that tables show, in the order in which they were taken. */
  public static of(samples: readonly Sample[]): Figures[] {
    const shown = samples.flatMap(({ readings }) => readings.filter(({ mustAgree }) => !mustAgree));
    return [...new Map(shown.map((reading) => [reading.name, reading])).values()].map((reading) => new Figures(reading, samples));
  }

  private readonly smallest: number;
  private readonly largest: number;

  private constructor(public readonly reading: Reading, private readonly samples: readonly Sample[]) {
    const sizes = samples.map(({ apis }) => apis);
    this.smallest = Math.min(...sizes);
    this.largest = Math.max(...sizes);
  }

  /** What is usual for so many APIs. */
  public usual(contender: string, apis: number): number {
    return median(this.values(contender, apis));
  }

  /** Ratio to another contender for so many APIs. */
  public ratio(contender: string, baseline: string, apis: number): Spread {
    return ratios(this.values(contender, apis), this.values(baseline, apis));
  }

  /** Whether each API adds something to what is paid once. */
  public get addsUp(): boolean {
    return !this.reading.relative && this.largest > this.smallest;
  }

  /** What a further API usually adds, between the fewest and the most. */
  public further(contender: string): number {
    return median(this.furthers(contender));
  }

  /** Ratio of what a further API adds to what it adds to another contender. */
  public furtherRatio(contender: string, baseline: string): Spread {
    return ratios(this.furthers(contender), this.furthers(baseline));
  }

  private furthers(contender: string): number[] {
    const least = this.values(contender, this.smallest);
    return this.values(contender, this.largest).map((most, round) => (most - least[round]) / (this.largest - this.smallest));
  }

  /** One value for each round, in their order. */
  private values(contender: string, apis: number): number[] {
    return this.samples.filter((sample) => sample.contender === contender && sample.apis === apis)
      .flatMap(({ readings }) => readings.filter(({ name }) => name === this.reading.name).map(({ value }) => value));
  }
}
