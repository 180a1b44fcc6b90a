import { Severity } from './severity';
import { Control as CatalogEntry, CONTROLS, tryControlById } from '../compliance';

/** A control of the catalog: the unit that constructs apply, rules check, waivers except and reports show. */
export class Control {
  /** Every control, sorted by id. */
  public static all(): Control[] {
    return CONTROLS.map((entry) => new Control(entry));
  }

  /** The control of that id, for example `STORAGE-TLS`; throws where the catalog has none. */
  public static of(id: string): Control {
    const entry = tryControlById(id);
    if (!entry) throw new Error(`'id' must be the id of a control, got '${id}'; Control.all() lists them`);
    return new Control(entry);
  }

  /** Stable id. */
  public readonly id: string;
  /** What holds where the control holds. */
  public readonly title: string;
  /** Why it matters. */
  public readonly rationale: string;
  /** What to do about a violation. */
  public readonly remedy: string;
  /** How much harm a violation can do. */
  public readonly severity: Severity;
  /** Whether a waiver may except it. */
  public readonly waivable: boolean;
  /** CloudFormation resource types that it governs. */
  public readonly resourceTypes: string[];
  /** Ids of the findings that its rule can report; one that ends in `::` is a prefix. */
  public readonly findings: string[];

  private constructor(entry: CatalogEntry) {
    this.id = entry.id;
    this.title = entry.title;
    this.rationale = entry.rationale;
    this.remedy = entry.remedy;
    this.severity = entry.severity as Severity;
    this.waivable = entry.waivable;
    this.resourceTypes = [...entry.resourceTypes];
    this.findings = Object.keys(entry.findings);
  }
}
