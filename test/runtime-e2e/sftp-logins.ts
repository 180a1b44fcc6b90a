import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { SCRYPT_COST, ScryptCost } from '../../src/runtime/secrets/password-verifier';
import { BOTH, Entry, LoginWorld, Start } from '../runtime/sftp/cases/world';
import { FakeTables } from '../runtime/sftp/fake-tables';
import { CHEAP, START } from '../runtime/sftp/partners';

export const IDENTITY_PROVIDER = join(__dirname, '../../assets/sftp/identity-provider/index.js');

/** The objects among the lines of a log. */
export function entriesOf(lines: readonly string[]): readonly Entry[] {
  return lines.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: Entry }).message);
}

/** Worlds of the shipped bundle, each a process of its own that asks tables over HTTP, and that has to be stopped. */
export class BundleWorlds {
  private readonly bundles: RunningBundle[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'sftp-clock-'));

  /** What is computed for nobody costs little, as what tests store does. */
  public readonly start: Start = (changes) => this.run(['clock.cjs', 'cheap-decoy.cjs'], CHEAP, changes);

  public readonly startAtFullCost: Start = (changes) => this.run(['clock.cjs'], SCRYPT_COST, changes);

  /** One that gives away who is nobody. */
  public readonly startWithCheapDecoy: Start = (changes) => this.run(['clock.cjs', 'cheap-decoy.cjs'], SCRYPT_COST, changes);

  public async stop(): Promise<void> {
    await Promise.all(this.bundles.splice(0).map((bundle) => bundle.stop()));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private async run(preloaded: readonly string[], cost: ScryptCost, changes: Readonly<Record<string, string>> = {}): Promise<LoginWorld> {
    const tables = new FakeTables();
    const clock = join(this.folder, String(this.bundles.length));
    const setTime = (now: number) => writeFileSync(clock, String(now));
    setTime(START);
    const options = preloaded.map((file) => `--require ${join(__dirname, file)}`).join(' ');
    const bundle = await RunningBundle.start(IDENTITY_PROVIDER, { ...BOTH, ...changes, TEST_CLOCK: clock, NODE_OPTIONS: options }, tables.answer);
    this.bundles.push(bundle);
    return { tables, cost, setTime, ask: (event) => bundle.invoke(event), log: () => entriesOf(bundle.log), computed: () => bundle.computed };
  }
}
