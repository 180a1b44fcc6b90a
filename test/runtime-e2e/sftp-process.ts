import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answer, RunningBundle, SeenRequest } from './bundle';
import { Call } from '../runtime/secrets/harness/service';

export type Entry = Readonly<Record<string, unknown>>;

/** What a function is asked, what it logged since, and how long it would have waited. */
export interface Heard { readonly entries: readonly Entry[]; readonly waits: readonly number[] }

const RUNNING: SftpProcess[] = [];

/** A shipped bundle in a process of its own, that believes a world of the tests to be AWS, reached over HTTP, and what it says to be the time. */
export class SftpProcess {
  public static async stopAll(): Promise<void> {
    await Promise.all(RUNNING.splice(0).map((one) => one.stop()));
  }

  /** Answers to CloudFormation. */
  public readonly answers: Array<{ readonly Status: string; readonly Reason?: string; readonly Data?: Readonly<Record<string, string>> }> = [];
  private bundle?: RunningBundle;
  private environment = '';
  private heard = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'sftp-'));

  constructor(private readonly name: string, private readonly respond: (call: Call) => unknown, private readonly now: () => number) {
    RUNNING.push(this);
  }

  /** Invokes the function; one that is configured otherwise than before is another one. */
  public async invoke(environment: Readonly<Record<string, string>>, event: unknown): Promise<unknown> {
    const text = JSON.stringify(environment);
    if (text !== this.environment) {
      await this.bundle?.stop();
      this.tick();
      const preloaded = { TEST_CLOCK: this.clock, NODE_OPTIONS: `--require ${join(__dirname, 'sftp-preload.cjs')}` };
      this.bundle = await RunningBundle.start(join(__dirname, `../../assets/sftp/${this.name}/index.js`), { ...environment, ...preloaded }, this.answer);
      this.environment = text;
      this.heard = 0;
    }
    this.tick();
    return this.bundle!.invoke(event);
  }

  /** What was logged since the last look. */
  public listen(): Heard {
    const lines = this.bundle!.log.slice(this.heard);
    this.heard = this.bundle!.log.length;
    const messages = lines.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: Entry }).message);
    return {
      entries: messages.filter(({ waited }) => waited === undefined),
      waits: messages.flatMap(({ waited }) => waited === undefined ? [] : [Number(waited)]),
    };
  }

  private get clock(): string {
    return join(this.folder, 'clock');
  }

  private tick(): void {
    writeFileSync(this.clock, String(this.now()));
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

  public async stop(): Promise<void> {
    await this.bundle?.stop();
    rmSync(this.folder, { recursive: true });
  }
}
