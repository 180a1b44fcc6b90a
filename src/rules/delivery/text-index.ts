import { isExact } from './match';

/**
 * Things by plain texts that they have, such as the names of their metrics.
 *
 * What is not wholly told may be any text, so it is found under each. A rule that compared every thing with every other would take the square
 * of their number.
 */
export class TextIndex<T> {
  private readonly positions = new Map<string, number[]>();
  private readonly untold: number[] = [];

  constructor(private readonly things: readonly T[], textsOf: (thing: T) => readonly string[]) {
    things.forEach((thing, position) => {
      for (const text of textsOf(thing)) this.add(text, position);
    });
  }

  /** The things that have one of the texts, or may, in their order. */
  public find(...texts: readonly string[]): readonly T[] {
    if (!texts.every(isExact)) return this.things;
    const found = new Set([...texts.flatMap((text) => this.positions.get(text) ?? []), ...this.untold]);
    return [...found].sort((a, b) => a - b).map((position) => this.things[position]);
  }

  private add(text: string, position: number): void {
    if (!isExact(text)) this.untold.push(position);
    else if (this.positions.has(text)) this.positions.get(text)!.push(position);
    else this.positions.set(text, [position]);
  }
}
