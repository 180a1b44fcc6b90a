import { join } from 'node:path';
import { WarmBundles } from './warm-bundles';
import { SCRYPT_COST, ScryptCost } from '../../src/runtime/secrets/password-verifier';
import { BOTH, Entry, LoginWorld, Start } from '../runtime/sftp/cases/world';
import { FakeTables } from '../runtime/sftp/fake-tables';
import { CHEAP, START } from '../runtime/sftp/partners';

export const IDENTITY_PROVIDER = join(__dirname, '../../assets/sftp/identity-provider/index.js');

type Changes = Readonly<Record<string, string>>;

/** The objects among the lines of a log. */
export function entriesOf(lines: readonly string[]): readonly Entry[] {
  return lines.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: Entry }).message);
}

/** With all that the process writes, also where it is no object. */
export interface ShippedWorld extends LoginWorld { lines(): readonly string[] }

/** Worlds of the shipped bundle, each in a process that no other has at the same time, that asks tables over HTTP. */
export class BundleWorlds {
  private readonly bundles = new WarmBundles();
  private remembering = 0;

  /** What is computed for nobody costs little, as what tests store does. */
  public readonly start = (changes?: Changes): Promise<ShippedWorld> => this.run(['clock.cjs', 'cheap-decoy.cjs'], CHEAP, changes);

  public readonly startAtFullCost: Start = (changes) => this.run(['clock.cjs'], SCRYPT_COST, changes);

  /** One that gives away who is nobody. */
  public readonly startWithCheapDecoy: Start = (changes) => this.run(['clock.cjs', 'cheap-decoy.cjs'], SCRYPT_COST, changes);

  /** Ends a test. */
  public async stop(): Promise<void> {
    await this.bundles.giveBack();
  }

  public async remove(): Promise<void> {
    await this.bundles.stop();
  }

  private async run(preloaded: readonly string[], cost: ScryptCost, changes: Changes = {}): Promise<ShippedWorld> {
    const settings = { ...BOTH, ...changes };
    // What a process remembers of one test is nothing to another.
    const remembers: Changes = settings.CACHE_SECONDS === '0' ? {} : { TEST_ONLY: String(this.remembering++) };
    const bundle = await this.bundles.take(IDENTITY_PROVIDER, { ...settings, ...remembers }, preloaded);
    const tables = new FakeTables();
    bundle.answer = tables.answer;
    bundle.setTime(START);
    return {
      tables,
      cost,
      setTime: (now) => bundle.setTime(now),
      ask: (event) => bundle.invoke(event),
      log: () => entriesOf(bundle.lines),
      lines: () => bundle.lines,
      computed: () => bundle.computed,
    };
  }
}
