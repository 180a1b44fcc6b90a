import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answer, RunningBundle, SeenRequest } from './bundle';

/** What somebody answers whom no test has told what. */
const NOTHING = (_request: SeenRequest): Answer => ({ status: 500 });

type Environment = Readonly<Record<string, string>>;

/** A shipped bundle in a process of its own that one test after the other may use, with a clock that is set. */
export class WarmBundle {
  public static async start(file: string, environment: Environment, preloaded: readonly string[]): Promise<WarmBundle> {
    const warm = new WarmBundle(JSON.stringify([file, environment, preloaded]));
    const options = preloaded.map((each) => `--require ${join(__dirname, each)}`).join(' ');
    // Lambda's Node is newer than that of whoever runs the tests, and says nothing of its version.
    const around = { TEST_CLOCK: warm.clock, NODE_OPTIONS: options, NODE_NO_WARNINGS: '1' };
    warm.setTime(0);
    warm.running = await RunningBundle.start(file, { ...environment, ...around }, (request) => warm.answer(request));
    return warm;
  }

  /** What it believes AWS to answer. */
  public answer = NOTHING;
  public isDead = false;
  private running?: RunningBundle;
  private heard = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'sftp-'));

  private constructor(public readonly key: string) {}

  /** Lines that were written since the last test. */
  public get lines(): readonly string[] {
    return this.running!.log.slice(this.heard);
  }

  /** Microseconds of a processor that events took. */
  public get computed(): number {
    return this.running!.computed;
  }

  /** Milliseconds since 1970. */
  public setTime(now: number): void {
    writeFileSync(this.clock, String(now));
  }

  public async invoke(event: unknown): Promise<unknown> {
    return this.running!.invoke(event).catch((error: Error) => {
      if (error.name === 'Ended') this.isDead = true;
      throw error;
    });
  }

  /** Forgets what one test saw. */
  public rest(): void {
    this.answer = NOTHING;
    this.heard = this.running!.log.length;
  }

  public kill(): void {
    this.isDead = true;
    this.running!.kill();
  }

  public async stop(): Promise<void> {
    await this.running!.stop();
    rmSync(this.folder, { recursive: true });
  }

  private get clock(): string {
    return join(this.folder, 'clock');
  }
}

/** Processes that tests of one file take and give back, since to start one costs more than most tests. Settings that differ are another process. */
export class WarmBundles {
  private readonly idle: WarmBundle[] = [];
  private readonly taken: WarmBundle[] = [];

  public async take(file: string, environment: Environment, preloaded: readonly string[]): Promise<WarmBundle> {
    const key = JSON.stringify([file, environment, preloaded]);
    const at = this.idle.findIndex((each) => each.key === key);
    const bundle = at < 0 ? await WarmBundle.start(file, environment, preloaded) : this.idle.splice(at, 1)[0];
    this.taken.push(bundle);
    return bundle;
  }

  /** Ends a test: what it took may be taken again. */
  public async giveBack(): Promise<void> {
    for (const bundle of this.taken.splice(0)) {
      if (bundle.isDead) await bundle.stop();
      else this.idle.push(bundle);
      bundle.rest();
    }
  }

  public async stop(): Promise<void> {
    await this.giveBack();
    await Promise.all(this.idle.splice(0).map((bundle) => bundle.stop()));
  }
}
