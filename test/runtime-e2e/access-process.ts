import { join } from 'node:path';
import { Answer, SeenRequest } from './bundle';
import { iamAnswer, iamCall } from './iam-query';
import { WarmBundle, WarmBundles } from './warm-bundles';
import { Call } from '../runtime/secrets/harness/service';

export type Entry = Readonly<Record<string, unknown>>;

const BUNDLES = new WarmBundles();

/** A shipped bundle of the access room, that believes a world of the tests to be AWS, reached over HTTP, and what it says to be the time. */
export class AccessProcess {
  /** Ends a test: another one may have its processes. */
  public static readonly giveBack = (): Promise<void> => BUNDLES.giveBack();

  public static readonly stopAll = (): Promise<void> => BUNDLES.stop();

  private bundle?: WarmBundle;
  private heard = 0;

  constructor(
    private readonly name: string, private readonly environment: Readonly<Record<string, string>>,
    private readonly respond: (call: Call) => unknown, private readonly now: () => number,
  ) {}

  /** Invokes the function; one that has died is another process. */
  public async invoke(event: unknown): Promise<unknown> {
    if (!this.bundle || this.bundle.isDead) {
      this.bundle = await BUNDLES.take(join(__dirname, `../../assets/access/${this.name}/index.js`), this.environment, ['sftp-preload.cjs']);
      this.bundle.answer = this.answer;
      this.heard = 0;
    }
    this.bundle.setTime(this.now());
    return this.bundle.invoke(event);
  }

  /** What was logged since the last look. */
  public listen(): readonly Entry[] {
    const lines = this.bundle!.lines.slice(this.heard);
    this.heard += lines.length;
    return lines.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: Entry }).message).filter(({ waited }) => waited === undefined);
  }

  /** The function ends where it is. */
  public kill(): void {
    this.bundle!.kill();
  }

  /** AWS JSON, which Systems Manager and EventBridge speak, with dates in seconds; and the query protocol of IAM. */
  private readonly answer = ({ headers: { 'x-amz-target': target }, body }: SeenRequest): Answer => {
    // Another date than the function's own, and a client would take its clock for wrong, and try again.
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'date': new Date(this.now()).toUTCString() };
    if (target === undefined) return iamAnswer(body, () => this.respond(iamCall(body)), headers);
    try {
      const output = this.respond({ operation: String(target).split('.')[1], input: JSON.parse(body) as Record<string, unknown> });
      const text = JSON.stringify(output, (name, value: unknown) => /(Date|Time)$/.test(name) ? new Date(value as string).getTime() / 1000 : value);
      return { status: 200, headers, body: text };
    } catch (error) {
      const { name, message, details } = error as Error & { details?: object };
      return { status: 400, headers: { ...headers, 'x-amzn-errortype': name }, body: JSON.stringify({ __type: name, message, ...details }) };
    }
  };
}
