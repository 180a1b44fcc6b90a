import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Answer, LoopbackAws, SeenRequest } from './loopback-aws';

export type { Answer, SeenRequest };

/** What the bootstrap writes for one event. */
interface Outcome { readonly result?: unknown; readonly error?: { readonly name: string; readonly message: string }; readonly computed?: number }

const ENDED: Outcome = { error: { name: 'Ended', message: 'the process has ended' } };

/** A bundle in a process of its own, and an HTTP server on loopback where it believes AWS to be. */
export class RunningBundle {
  public static async start(
    file: string, environment: Record<string, string>, answer: (request: SeenRequest) => Answer = () => ({ status: 500 }),
  ): Promise<RunningBundle> {
    const seen: SeenRequest[] = [];
    const aws = await LoopbackAws.start((request) => {
      seen.push(request);
      return answer(request);
    });
    const child = spawn(process.execPath, [join(__dirname, 'bootstrap.cjs'), file], {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example-secret',
        AWS_ENDPOINT_URL: aws.endpoint,
        ...environment,
      },
    });
    return new RunningBundle(aws, child, seen);
  }

  /** Lines that the handler wrote, other than answers. */
  public readonly log: string[] = [];
  /** Microseconds of a processor that events took: as many however busy the machine is. */
  public computed = 0;
  private readonly waiting: Array<(outcome: Outcome) => void> = [];

  private ended = false;

  private constructor(
    private readonly aws: LoopbackAws,
    private readonly child: ChildProcessWithoutNullStreams,
    public readonly seen: readonly SeenRequest[],
  ) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('\u0000')) this.waiting.shift()?.(JSON.parse(line.slice(1)) as Outcome);
      else this.log.push(line);
    });
    child.stderr.on('data', (chunk: Buffer) => this.log.push(chunk.toString()));
    child.stdin.on('error', () => undefined); // the process has ended, which 'close' tells
    child.on('close', () => {
      this.ended = true;
      for (const settle of this.waiting.splice(0)) settle(ENDED);
    });
  }

  /** Invokes the handler and gives its result; rejects with name and message of what it threw, and if the process ended. */
  public async invoke(event: unknown): Promise<unknown> {
    const outcome = new Promise<Outcome>((resolve) => this.ended ? resolve(ENDED) : this.waiting.push(resolve));
    this.child.stdin.write(`${JSON.stringify(event)}\n`);
    const { result, error, computed = 0 } = await outcome;
    this.computed += computed;
    if (error) throw Object.assign(new Error(error.message), { name: error.name });
    return result;
  }

  /** Ends the process where it is, as a machine that fails does. */
  public kill(): void {
    this.child.kill('SIGKILL');
  }

  public async stop(): Promise<void> {
    this.child.kill();
    await this.aws.stop();
  }
}
