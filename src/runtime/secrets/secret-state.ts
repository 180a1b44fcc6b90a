export const AWSCURRENT = 'AWSCURRENT';
export const AWSPENDING = 'AWSPENDING';
export const AWSPREVIOUS = 'AWSPREVIOUS';

/** What Secrets Manager tells about a secret, its values apart. */
export class SecretState {
  constructor(private readonly facts: {
    readonly rotationEnabled: boolean;
    readonly lastRotatedAt?: number;
    /** When anything about the secret changed last. */
    readonly changedAt: number;
    /** Labels of each version that has any. */
    readonly stages: ReadonlyMap<string, readonly string[]>;
    /** In milliseconds since 1970; a version that rotation has announced and that is empty may be missing. */
    readonly createdAt: ReadonlyMap<string, number>;
  }) {}

  public get rotationEnabled(): boolean {
    return this.facts.rotationEnabled;
  }

  public get hasEverRotated(): boolean {
    return this.facts.lastRotatedAt !== undefined;
  }

  public get changedAt(): number {
    return this.facts.changedAt;
  }

  /** Labels of a version; undefined for one that has none or does not exist. */
  public tryStagesOf(version: string): readonly string[] | undefined {
    return this.facts.stages.get(version);
  }

  /** A label is on one version at most. */
  public tryVersionWith(stage: string): string | undefined {
    return [...this.facts.stages].find(([, stages]) => stages.includes(stage))?.[0];
  }

  /** Labels that start so, and the version that each is on. */
  public labelsFrom(prefix: string): ReadonlyArray<readonly [label: string, version: string]> {
    return [...this.facts.stages].flatMap(([version, stages]) => stages.map((stage) => [stage, version] as const))
      .filter(([stage]) => stage.startsWith(prefix));
  }

  public tryCreatedAt(version: string): number | undefined {
    return this.facts.createdAt.get(version);
  }

  /** The version of a rotation that did not finish. After one that did, the label may stay on the current version. */
  public tryUnfinished(): string | undefined {
    const pending = this.tryVersionWith(AWSPENDING);
    return pending === this.tryVersionWith(AWSCURRENT) ? undefined : pending;
  }
}
