/** How much harm a violation can do; `critical` is the worst. */
export type ControlSeverity = 'critical' | 'high' | 'medium' | 'low';

/** Severities from worst to mildest. */
export const CONTROL_SEVERITIES: readonly ControlSeverity[] = ['critical', 'high', 'medium', 'low'];

/** A published framework, in the edition that the clauses of this catalog refer to. */
export type Framework =
  | 'AWS FSBP'
  | 'CIS AWS 5.0'
  | 'GDPR'
  | 'HIPAA Security Rule'
  | 'NIST 800-53r5'
  | 'PCI DSS 4.0.1'
  | 'SOC 2 TSC';

/** A requirement that a control supports; it never satisfies one by itself. */
export interface Requirement {
  readonly framework: Framework;
  /** The clause as the framework writes it, for example `3.5.1` or `164.312(b)`. */
  readonly clause: string;
}

/** The mixin that applies a control to a resource that the library did not create, or why none can exist. */
export type ControlMixin = { readonly name: string } | { readonly impossible: string };

/** One unit of security: what it says, and what it says it about. */
export interface Control {
  /** Stable id, for example `STORAGE-TLS`. Renaming one is a breaking change. */
  readonly id: string;
  readonly title: string;
  /** Why it matters, in one or two sentences. */
  readonly rationale: string;
  /** What to do about a violation, as an instruction. */
  readonly remedy: string;
  readonly severity: ControlSeverity;
  /** False where no reason can justify an exception; its violations are `fatal` and cannot be acknowledged. */
  readonly waivable: boolean;
  /** CloudFormation resource types that the control governs. */
  readonly resourceTypes: readonly string[];
  /**
   * Finding ids that its rule can report, with what each means.
   *
   * An id that ends in `::` is a prefix: the rest names what was found, for example `Action::s3:*`.
   */
  readonly findings: Readonly<Record<string, string>>;
  readonly requirements: readonly Requirement[];
  /** Where the rule comes from: a document with edition and clause, or the service's own documentation. */
  readonly source: string;
  readonly mixin: ControlMixin;
}
