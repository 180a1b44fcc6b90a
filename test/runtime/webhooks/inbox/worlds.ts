import { AwsAnswer, callAws, World } from './fake-aws';
import { Call } from '../../secrets/harness/service';

/** An answer with a number, so that equal ones are told by it. */
export interface Answer { readonly number: number; readonly answer: AwsAnswer }

/** What a call makes of a world. */
export interface Made { readonly world: number; readonly answer: Answer }

/** Worlds by number: equal ones have the same, so a state is a few numbers, and what was worked out once is looked up. */
export class Worlds {
  private readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly made = new Map<string, Made>();
  private readonly answers = new Map<string, Answer>();
  private readonly parsed: World[] = [];

  public numberOf(world: World): number {
    // What is in a world in another order is no other world.
    const text = JSON.stringify({ ...world, items: sorted(world.items), objects: sorted(world.objects), published: [...world.published].sort() });
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    this.parsed.push(JSON.parse(text) as World);
    return this.texts.push(text) - 1;
  }

  /** To look at, and not to change. */
  public of(number: number): World {
    return this.parsed[number];
  }

  public copyOf(number: number): World {
    return JSON.parse(this.texts[number]) as World;
  }

  public after(number: number, change: (world: World) => void): number {
    const world = this.copyOf(number);
    change(world);
    return this.numberOf(world);
  }

  /** Makes a call; `callId` is a number that no other call has. */
  public call(number: number, call: Call, callId: number): Made {
    const key = `${number} ${callId}`;
    let made = this.made.get(key);
    if (!made) {
      const world = this.copyOf(number);
      const answer = this.answerOf(callAws(world, call));
      made = { world: this.numberOf(world), answer };
      this.made.set(key, made);
    }
    return made;
  }

  public answerOf(answer: AwsAnswer): Answer {
    const text = JSON.stringify(answer);
    let known = this.answers.get(text);
    if (!known) {
      known = { number: this.answers.size, answer };
      this.answers.set(text, known);
    }
    return known;
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => one < other ? -1 : 1));
}
