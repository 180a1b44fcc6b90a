import { IConstruct } from 'constructs';
import { Control, declaresFinding, findingId, isDate, MIN_REASON_CHARACTERS, PLUGIN_NAME, tryControlById, WAIVER_METADATA } from '../compliance';
import { acknowledge, ConfigurationError } from '../private';

/** Who answers for a waiver, and until when. */
export interface WaiverOptions {
  /** Team or person who answers for the exception. */
  readonly owner: string;

  /** Last day on which the exception holds, `YYYY-MM-DD` (UTC). The check fails from the day after. */
  readonly expires: string;

  /**
   * Day on which the exception is made, `YYYY-MM-DD` (UTC). A waiver that has expired by then is refused at once.
   *
   * @default - no comparison here; the policy compares `expires` with its own `asOf` at synthesis
   */
  readonly asOf?: string;
}

/**
 * A control that is excepted on purpose: why, by whom, until when.
 *
 * It is the only way to switch a secure default off. The constructs take it where they have an opt-out; `applyTo` excepts any other
 * construct, at the finest granularity that fits.
 *
 * @example
 * const waiver = core.Waiver.because('the scanner of the port authority speaks no TLS', {
 *   owner: 'edi-team',
 *   expires: '2027-06-30',
 * });
 * new storage.LandingBucket(this, 'Landing', { allowPlainHttp: waiver });
 */
export class Waiver {
  /**
   * Makes a waiver.
   *
   * @param reason why the exception is right, at least 20 characters; reviewers read it in the report
   */
  public static because(reason: string, options: WaiverOptions): Waiver {
    if (reason.trim().length < MIN_REASON_CHARACTERS) {
      throw new Error(`'reason' must have at least ${MIN_REASON_CHARACTERS} characters, got '${reason}'; say why the exception is right`);
    }
    if (options.owner.trim() === '') {
      throw new Error("'owner' must name a team or a person, got nothing; name who answers for the exception");
    }
    requireDate('expires', options.expires);
    if (options.asOf !== undefined) {
      requireDate('asOf', options.asOf);
      if (options.expires < options.asOf) {
        throw new Error(`'expires' must not be before ${options.asOf}, got '${options.expires}'; an exception that is over excepts nothing`);
      }
    }
    return new Waiver(reason.trim(), options.owner.trim(), options.expires);
  }

  private constructor(
    /** Why the exception is right. */
    public readonly reason: string,
    /** Who answers for it. */
    public readonly owner: string,
    /** Last day on which it holds, `YYYY-MM-DD`. */
    public readonly expires: string,
  ) {}

  /**
   * Excepts a control on a construct and what is below it.
   *
   * The waiver shows in the report with its reason, and the check fails once it has expired, when it matches nothing, or when `scope` is a
   * stack or an app.
   *
   * @param scope the construct, as near to the resource as can be
   * @param control id of the control
   * @param finding the one finding that is excepted. Without it all findings of the control are; a control whose findings name what they
   *   found (`Action::s3:*`) needs it
   */
  public applyTo(scope: IConstruct, control: string, finding?: string): void {
    const entry = requireControl(scope, control);
    if (!entry.waivable) {
      throw new ConfigurationError(scope, `'control' must be one that can be waived, got '${control}'; ${entry.remedy}`);
    }
    for (const id of finding === undefined ? everyFinding(scope, entry) : [requireFinding(scope, entry, finding)]) {
      acknowledge(scope, PLUGIN_NAME, findingId(control, id), `${this.reason} (owner: ${this.owner}, expires: ${this.expires})`);
    }
    scope.node.addMetadata(WAIVER_METADATA, {
      control,
      ...(finding !== undefined && { finding }),
      reason: this.reason,
      owner: this.owner,
      expires: this.expires,
    });
  }
}

function requireDate(option: string, value: string): void {
  if (!isDate(value)) {
    throw new Error(`'${option}' must be a day, YYYY-MM-DD, got '${value}'; write for example '2027-06-30'`);
  }
}

function requireControl(scope: IConstruct, control: string): Control {
  const entry = tryControlById(control);
  if (!entry) {
    throw new ConfigurationError(scope, `'control' must be the id of a control, got '${control}'; Control.all() lists them`);
  }
  return entry;
}

function requireFinding(scope: IConstruct, control: Control, finding: string): string {
  if (!declaresFinding(control, finding)) {
    const known = Object.keys(control.findings).join(', ');
    throw new ConfigurationError(scope, `'finding' must be a finding of ${control.id} (${known}), got '${finding}'; copy it from the check's output`);
  }
  return finding;
}

function everyFinding(scope: IConstruct, control: Control): string[] {
  const ids = Object.keys(control.findings);
  const open = ids.find((id) => id.endsWith('::'));
  if (open) {
    throw new ConfigurationError(scope, `'finding' must be given for ${control.id}, got nothing; name the one finding, which starts with '${open}'`);
  }
  return ids;
}
