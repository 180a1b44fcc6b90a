import { Graph, Resource } from './graph';

/** What a rule found at one resource. */
export type Outcome =
  /** The control holds; `evidence` says what shows it. */
  | { readonly kind: 'compliant'; readonly evidence: string; readonly property?: string }
  /** The control does not hold. `finding` is one of the control's finding ids. */
  | { readonly kind: 'violation'; readonly finding: string; readonly message: string; readonly property?: string }
  /** The control does not concern this resource. */
  | { readonly kind: 'not-applicable'; readonly because: string }
  /** The template does not tell whether the control holds. Counts as a finding, never as compliance. */
  | { readonly kind: 'cannot-tell'; readonly finding: string; readonly message: string; readonly property?: string };

/** A pure check of one control on one resource in its graph. */
export interface Rule {
  /** Id of the control in the catalog; the rule runs on the control's resource types. */
  readonly control: string;
  /** One outcome, or several where one resource can have several findings. Must not throw and must not change its input. */
  check(resource: Resource, graph: Graph): Outcome | readonly Outcome[];
}

/** The control holds, shown by `evidence`. */
export function compliant(evidence: string, property?: string): Outcome {
  return { kind: 'compliant', evidence, ...(property && { property }) };
}

/** The control does not hold. */
export function violation(finding: string, message: string, property?: string): Outcome {
  return { kind: 'violation', finding, message, ...(property && { property }) };
}

/** The control does not concern this resource. */
export function notApplicable(because: string): Outcome {
  return { kind: 'not-applicable', because };
}

/** The template does not tell. */
export function cannotTell(finding: string, message: string, property?: string): Outcome {
  return { kind: 'cannot-tell', finding, message, ...(property && { property }) };
}
