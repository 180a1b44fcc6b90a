import { Call } from './service';
import { AwsAnswer, callAws, canariesOf, canPutByHand, holderOf, NOW, Strategy, violations, World } from './world';

/** An answer, and its number: equal answers have the same. */
export type Answer = AwsAnswer & { readonly number: number };

/** What the search asks about a world. */
interface Facts {
  readonly versions: readonly string[];
  readonly violation?: string;
  /** Whether RotateSecret starts a rotation. */
  readonly canRotate: boolean;
  /** Whether another RotateSecret could have been asked at the same moment as the last one. */
  readonly canRotateAtOnce: boolean;
  readonly canPutByHand: boolean;
}

/** The worlds of a search, by number. What was worked out once about a world, a call or a change is remembered. */
export class Worlds {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly facts: Facts[] = [];
  private readonly changes = new Map<string, number>();
  private readonly calls = new Map<string, { readonly world: number; readonly answer: Answer }>();
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly strategy: Strategy) {}

  public numberOf(world: World): number {
    const text = JSON.stringify(world);
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    this.facts.push(this.factsOf(world));
    return this.texts.push(text) - 1;
  }

  public of(world: number): Facts {
    return this.facts[world];
  }

  public copyOf(world: number): World {
    return JSON.parse(this.texts[world]) as World;
  }

  /** The world after a change of that name. */
  public after(world: number, name: string, effect: (world: World) => void): number {
    const key = `${world} ${name}`;
    let after = this.changes.get(key);
    if (after === undefined) {
      const copy = this.copyOf(world);
      effect(copy);
      this.changes.set(key, after = this.numberOf(copy));
    }
    return after;
  }

  /** What a call answers, and the world after it. */
  public call(world: number, call: Call): { readonly world: number; readonly answer: Answer } {
    const key = `${world} ${call.operation} ${JSON.stringify(call.input)}`;
    let made = this.calls.get(key);
    if (!made) {
      const copy = this.copyOf(world);
      const answer = this.numbered(callAws(this.strategy, copy, call));
      this.calls.set(key, made = { world: this.numberOf(copy), answer });
    }
    return made;
  }

  /** Another value for each invocation that may make one, and the same values in equal states. */
  public freshNonce(world: number, taken: readonly number[]): number {
    return [1, 2, 3, 4, 5].find((nonce) => !taken.includes(nonce) && !canariesOf(nonce).some((value) => this.texts[world].includes(value)))!;
  }

  private numbered(answer: AwsAnswer): Answer {
    const text = JSON.stringify(answer);
    const known = this.answers.get(text) ?? { ...answer, number: this.answers.size };
    this.answers.set(text, known);
    return known;
  }

  private factsOf(world: World): Facts {
    const pending = holderOf(world.secret, 'AWSPENDING');
    const canRotate = pending === undefined || pending === holderOf(world.secret, 'AWSCURRENT');
    return {
      versions: Object.keys(world.secret.versions),
      violation: violations(this.strategy, world)[0],
      canRotate,
      canRotateAtOnce: !canRotate && world.secret.versions[pending!].created === NOW,
      canPutByHand: canPutByHand(this.strategy, world),
    };
  }
}
