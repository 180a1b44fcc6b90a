import { AccessProcess } from './access-process';
import { breakGlassCases } from '../runtime/access/break-glass-cases';
import { BreakGlassWorld, ENVIRONMENT, MINUTE } from '../runtime/access/break-glass-world';
import { Call } from '../runtime/secrets/harness/service';

jest.setTimeout(120_000);

afterEach(AccessProcess.giveBack);
afterAll(AccessProcess.stopAll);

/** A world whose function is what ships. */
class ShippedBreakGlassWorld extends BreakGlassWorld {
  private readonly process = new AccessProcess('break-glass', ENVIRONMENT, (call) => this.respond(call), () => this.now);

  public override async run(event: unknown = {}): Promise<void> {
    try {
      await this.process.invoke(event);
    } finally {
      this.log.push(...this.process.listen());
    }
  }

  /** The process ends at a call that is to be its last one: before it has an effect, or after it, and untold. */
  protected override respond(call: Call): unknown {
    if (this.fault?.at !== this.calls.length) return super.respond(call);
    this.process.kill();
    const answer = this.fault.how === 'dies untold' ? super.respond(call) : this.calls.push(call) && {};
    return answer;
  }
}

describe('emergency access, as it ships', () => breakGlassCases(() => new ShippedBreakGlassWorld()));

describe.each(['dies', 'dies untold'] as const)('a process that %s at one call', (how) => {
  test.each([0, 2, 4, 6, 8, 10, 12])('%d is made up for by the next: no gap, and one review', async (at) => {
    const world = new ShippedBreakGlassWorld();
    world.arm();
    world.fault = { at, how };
    await world.run().catch(() => undefined);
    world.fault = undefined;
    world.now += MINUTE;
    await world.run();
    expect(world.lets('bob')).toBe(true);
    expect(new Set(world.told.map(({ detail }) => detail.armingId)).size).toBe(1);
    expect(world.told.length).toBeLessThanOrEqual(2);
    expect(world.center.items).toHaveLength(1);
    expect(world.outcomes().at(-1)).toBe('watched');
  });
});
