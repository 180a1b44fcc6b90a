import { join } from 'node:path';
import { Answer, SeenRequest } from './bundle';
import { WarmBundle, WarmBundles } from './warm-bundles';
import type { Fault } from '../runtime/faults';
import { Call } from '../runtime/secrets/harness/service';

export type Entry = Readonly<Record<string, unknown>>;

/** What a function is asked, what it logged since, and how long it would have waited. */
export interface Heard { readonly entries: readonly Entry[]; readonly waits: readonly number[] }

const BUNDLES = new WarmBundles();

/** A shipped bundle in a process that no other has at the same time, that believes a world of the tests to be AWS, reached over HTTP, and what it says to be the time. */
export class SftpProcess {
  /** Ends a test: another one may have its processes. */
  public static readonly giveBack = (): Promise<void> => BUNDLES.giveBack();

  public static readonly stopAll = (): Promise<void> => BUNDLES.stop();

  /** Answers to CloudFormation. */
  public readonly answers: Array<{ readonly Status: string; readonly Reason?: string; readonly Data?: Readonly<Record<string, string>> }> = [];
  private bundle?: WarmBundle;
  private environment = '';
  private heard = 0;

  constructor(private readonly name: string, private readonly respond: (call: Call) => unknown, private readonly now: () => number) {}

  /** Invokes the function; one that is configured otherwise than before, or has died, is another process. */
  public async invoke(environment: Readonly<Record<string, string>>, event: unknown): Promise<unknown> {
    const text = JSON.stringify(environment);
    if (text !== this.environment || this.bundle!.isDead) {
      this.bundle = await BUNDLES.take(join(__dirname, `../../assets/sftp/${this.name}/index.js`), environment, ['sftp-preload.cjs']);
      this.bundle.answer = this.answer;
      this.environment = text;
      this.heard = 0;
    }
    this.tick();
    return this.bundle!.invoke(event);
  }

  /** What was logged since the last look. */
  public listen(): Heard {
    const lines = this.bundle!.lines.slice(this.heard);
    this.heard += lines.length;
    const messages = lines.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: Entry }).message);
    return {
      entries: messages.filter(({ waited }) => waited === undefined),
      waits: messages.flatMap(({ waited }) => waited === undefined ? [] : [Number(waited)]),
    };
  }

  /** Answers a call, unless the process is to die at it: before it has an effect, or after it, and untold. The next one is another process. */
  public mayDie(fault: { readonly at: number; readonly how: Fault } | undefined, calls: readonly Call[], answer: () => unknown): unknown {
    if (fault?.at !== calls.length) return answer();
    this.bundle!.kill();
    return fault.how === 'dies untold' ? answer() : {};
  }

  private tick(): void {
    this.bundle!.setTime(this.now());
  }

  /** AWS JSON, which AWS Transfer Family, DynamoDB, Systems Manager and EventBridge speak; dates are seconds. */
  private readonly answer = ({ method, headers: { 'x-amz-target': target }, body }: SeenRequest): Answer => {
    if (method === 'PUT') {
      this.answers.push(JSON.parse(body) as SftpProcess['answers'][number]);
      return { status: 200 };
    }
    // Another date than the function's own, and a client would take its clock for wrong, and try again.
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'date': new Date(this.now()).toUTCString() };
    try {
      const output = this.respond({ operation: String(target).split('.')[1], input: JSON.parse(body) as Record<string, unknown> });
      const text = JSON.stringify(output, (name, value: unknown) => name === 'DateImported' ? Number(value) / 1000 : value);
      return { status: 200, headers, body: text };
    } catch (error) {
      const { name, message, RetryAfterSeconds } = error as Error & { RetryAfterSeconds?: string };
      return { status: 400, headers: { ...headers, 'x-amzn-errortype': name }, body: JSON.stringify({ __type: name, message, RetryAfterSeconds }) };
    } finally {
      this.tick();
    }
  };
}
