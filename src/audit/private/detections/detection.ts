/** Which texts the filters have. */
export type ProfileName = 'securityHubExact' | 'strict';

/** How much harm what was detected can do. */
export type DetectionSeverity = 'critical' | 'high' | 'medium' | 'low';

/** Something that events of a trail show and people have to hear of. */
export interface Detection {
  /** Stable: the id of resources in templates. */
  readonly id: string;
  /** What happened. */
  readonly title: string;
  /** What to do, for who is called at night. */
  readonly action: string;
  readonly severity: DetectionSeverity;
  /** The filter pattern of each profile that has the detection. */
  readonly patterns: Readonly<Partial<Record<ProfileName, string>>>;
  /** Recommendations of the CIS AWS Foundations Benchmark by edition, 1.4.0 to 5.0.0 and 6.0.0 to 7.0.0. */
  readonly cis?: { readonly upTo5: string; readonly from6: string };
  /** Control of AWS Security Hub CSPM. */
  readonly securityHub?: string;
  /** Where it comes from. */
  readonly source: string;
}

/** Services and the calls of theirs that are meant. */
export type Calls = ReadonlyArray<readonly [service: string, ...names: string[]]>;
