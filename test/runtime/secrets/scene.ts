import { stepEvent } from './harness/events';
import { announce } from './harness/fake-secrets-manager';
import { handlerOf, LogEntry, MACHINE } from './harness/machine';
import { Call, ServiceError, withDates } from './harness/service';
import { AwsAnswer, callAws, NOW, Strategy, works, World } from './harness/world';

type Interception = (call: Call) => AwsAnswer | undefined | void;

/** A world, the function in it, and what went between them. */
export class Scene {
  public readonly log: LogEntry[] = [];
  public readonly calls: Call[] = [];
  /** Runs before a call; what it returns is answered in the call's place. */
  public before: Interception;
  private invocations = 0;

  constructor(public readonly strategy: Strategy, public readonly world: World, private readonly usagePlanIds?: readonly string[]) {
    this.before = () => undefined;
  }

  /** Invokes the function; each invocation would make another value. */
  public async invoke(event: unknown): Promise<void> {
    const handler = handlerOf(MACHINE, this.strategy, {
      nonce: ++this.invocations,
      usagePlanIds: this.usagePlanIds,
      log: (entry) => this.log.push(entry),
      answer: async (call) => {
        this.calls.push(call);
        const answer = this.before(call) ?? callAws(this.strategy, this.world, call);
        if ('error' in answer) throw new ServiceError(answer.error, answer.message);
        return withDates(answer.output);
      },
    });
    await handler(event);
  }

  public step(name: string, version = 'p'): Promise<void> {
    return this.invoke(stepEvent(name, version));
  }

  public async steps(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.step(name);
  }

  /** A whole rotation, as Secrets Manager runs it. */
  public async rotate(version = 'p'): Promise<void> {
    if (!announce(this.world.secret, version, NOW)) throw new Error('a rotation is under way');
    for (const name of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) await this.step(name, version);
    this.world.secret.lastRotated = NOW;
  }

  public reconcile(): Promise<void> {
    return this.invoke({ task: 'reconcile' });
  }

  public works(version: string): boolean {
    return works(this.strategy, this.world, version);
  }

  /** The labels that Secrets Manager knows; an adapter may have its own beside them. */
  public stagesOf(version: string): readonly string[] {
    return this.world.secret.versions[version].stages.filter((stage) => stage.startsWith('AWS'));
  }

  public contentOf(version: string): string | undefined {
    return this.world.secret.versions[version].content;
  }

  /** Operations that were called, in order. */
  public get operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  /** Reasons that were logged, in order. */
  public get reasons(): string[] {
    return this.log.map(({ outcome, reason }) => `${outcome}: ${reason}`);
  }
}
