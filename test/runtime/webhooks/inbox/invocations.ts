import { Ask, Machine } from './machine';
import { Next, replay } from './replay';
import { Answer } from './worlds';

/** An invocation up to its next call. It has no state but the answers that it had. */
export interface Invocation {
  /** Equal invocations have the same. */
  readonly id: number;
  readonly ask: Ask;
  readonly now: number;
  readonly answers: readonly Answer[];
  readonly next: Next;
}

/** Invocations that were replayed once. */
export class Invocations {
  private readonly known = new Map<string, Invocation>();

  constructor(private readonly machine: Machine) {}

  public begin(ask: Ask, now: number): Promise<Invocation> | Invocation {
    return this.invocation(ask, now, []);
  }

  /** The invocation once its call is answered. */
  public after({ ask, now, answers }: Invocation, answer: Answer): Promise<Invocation> | Invocation {
    return this.invocation(ask, now, [...answers, answer]);
  }

  private invocation(ask: Ask, now: number, answers: readonly Answer[]): Promise<Invocation> | Invocation {
    const name = `${Object.values(ask).join(' ')} ${now} ${answers.map(({ number }) => number).join()}`;
    return this.known.get(name) ?? this.replayed(name, ask, now, answers);
  }

  private async replayed(name: string, ask: Ask, now: number, answers: readonly Answer[]): Promise<Invocation> {
    const next = await replay(this.machine, ask, now, answers.map(({ answer }) => answer));
    const invocation = { id: this.known.size, ask, now, answers, next };
    this.known.set(name, invocation);
    return invocation;
  }
}
