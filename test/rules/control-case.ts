/** A template as JSON, small enough to read. */
export interface Template {
  Resources: Record<string, any>;
  [section: string]: any;
}

/** The passing example, the failing examples and the mutations of one control. */
export interface ControlCase {
  readonly control: string;
  /** Templates that the control's rule accepts, each with at least one compliant resource. */
  readonly passing: Readonly<Record<string, Template>>;
  /** Templates that it does not accept, each with the finding that it reports. */
  readonly failing: ReadonlyArray<{ readonly finding: string; readonly template: Template }>;
  /** Changes of the first passing template that weaken it, each with the finding that must then be reported. */
  readonly mutations: ReadonlyArray<{ readonly name: string; readonly finding: string; mutate(template: Template): void }>;
}
