/** Milliseconds since the Unix epoch between which an entry counts. */
interface Entry<T> { readonly value: T; readonly since: number; readonly until: number }

/** A bounded number of values, each for a while; the oldest one makes room for the next. */
export class ShortMemory<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly capacity: number, private readonly clock: { now(): Date }) {}

  /** The value, if there is one and its time has not run out; a clock that was set back makes none young. */
  public get(key: string): T | undefined {
    const entry = this.entries.get(key);
    const now = this.clock.now().getTime();
    if (entry && entry.since <= now && now < entry.until) return entry.value;
    this.entries.delete(key);
    return undefined;
  }

  /** Keeps a value until a point in time, in milliseconds since the Unix epoch. */
  public set(key: string, value: T, until: number): void {
    this.entries.delete(key);
    if (this.entries.size >= this.capacity) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(key, { value, since: this.clock.now().getTime(), until });
  }
}
