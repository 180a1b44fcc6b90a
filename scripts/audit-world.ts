import { resolve } from 'node:path';
import { LossyLine } from './lossy-line';
import { AuditFront } from './moto-audit';
import { WarmBundle } from '../test/runtime-e2e/warm-bundles';

/** Of what does not hold, as much as somebody reads. */
const MAX_CHARACTERS = 500;

/** What happens once, and again, for each call of it that is lost. */
export interface Attempt<T> {
  /** Makes what the run is about; its own calls are not lost. */
  prepare(): Promise<T>;
  /** The run, in which the function may die. */
  run(subject: T): Promise<unknown>;
  /** Says what does not hold afterwards, if anything. */
  verify(subject: T): Promise<readonly string[]>;
}

/** Functions as they ship, between which and moto there is a line that loses calls; and what was checked. */
export class AuditWorld {
  public static async start(moto: string): Promise<AuditWorld> {
    const front = await AuditFront.start(moto);
    return new AuditWorld(moto, front, await LossyLine.start(front.endpoint));
  }

  public checks = 0;
  public failed = 0;
  private readonly bundles: WarmBundle[] = [];

  private constructor(private readonly moto: string, public readonly front: AuditFront, private readonly line: LossyLine) {}

  /** How clients of this script reach moto. */
  public get config() {
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' };
    return { endpoint: this.moto, region: 'eu-west-1', credentials, forcePathStyle: true };
  }

  /** What all functions wrote to their logs. */
  public get log(): string {
    return this.bundles.flatMap(({ lines }) => lines).join('\n');
  }

  public async bundle(name: string, environment: Readonly<Record<string, string>>, preloaded: readonly string[] = []): Promise<WarmBundle> {
    const file = resolve(__dirname, `../assets/${name}/index.js`);
    const around = { AWS_ENDPOINT_URL: this.line.endpoint, TEST_REMAINING_MILLISECONDS: '900000' };
    const bundle = await WarmBundle.start(file, { ...environment, ...around }, [...preloaded, 'clock.cjs']);
    this.bundles.push(bundle);
    return bundle;
  }

  public setTime(now: number): void {
    this.front.cloud.now = now;
    for (const bundle of this.bundles) bundle.setTime(now);
  }

  public check(holds: boolean, claim: string): void {
    this.checks++;
    if (holds) return;
    this.failed++;
    console.error(`does not hold: ${claim}`);
  }

  /**
   * Loses each call of a run, before AWS sees it and on the way back, with all that follow, as if the function had died there; then the run is
   * repeated twice, as the next one and an event that comes again would. Ends with the first loss that leaves something wrong.
   */
  public async surviveLosses<T>(name: string, { prepare, run, verify }: Attempt<T>): Promise<void> {
    let lost = 0;
    for (const when of ['before', 'after'] as const) {
      for (let call = 1, hasLost = true; hasLost; call++) {
        const subject = await prepare();
        this.line.lose({ call, when });
        await run(subject).catch(() => undefined);
        hasLost = this.line.hasLost;
        this.line.mend();
        for (let times = 0; times < 2; times++) await run(subject);
        const wrong = await verify(subject);
        this.check(wrong.length === 0, `${name}, call ${call} lost ${when} AWS saw it: ${wrong.join('; ').slice(0, MAX_CHARACTERS)}`);
        // What is left over makes more calls the next time, so that there would be no end.
        if (wrong.length > 0) return;
        if (hasLost) lost++;
      }
    }
    this.check(lost > 0, `${name} makes some calls`);
    console.log(`${name}: ${lost / 2} calls, each lost before AWS saw it and on the way back; no gap and no double`);
  }

  public async stop(): Promise<void> {
    await Promise.all(this.bundles.map((bundle) => bundle.stop()));
    await this.line.stop();
    await this.front.stop();
  }
}

/** What differs, for a message; nothing where it does not. */
export function differing(what: string, found: unknown, expected: unknown): string[] {
  const [one, other] = [found, expected].map((value) => JSON.stringify(value));
  return one === other ? [] : [`${what} is ${one}, not ${other}`];
}
