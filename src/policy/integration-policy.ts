import {
  App, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Validations,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CONTROL_SEVERITIES, controlById, findingId, isDate, PLUGIN_NAME } from '../compliance';
import { Severity } from '../core';
import { ConfigurationError } from '../private';
import { check, DisciplineFinding, judge, Judgement, RULES, Verdict } from '../rules';
import { placeOf, readApp, SynthesizedApp } from './private/assembly';
import { today } from './private/clock';
import { GovernedPack } from './private/governed-pack';

/** Context that lets synthesis end well in spite of errors (aws-cdk-lib/cx-api, FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT). */
const FAIL_SYNTH_CONTEXT = '@aws-cdk/core:failSynthOnValidationErrors';

/** Severity of what no acknowledgement can silence. */
const FATAL = 'fatal';

/** Properties of `IntegrationPolicy.enforce`. */
export interface IntegrationPolicyProps {
  /**
   * Other packs to run in the same synthesis, for example those of cdk-nag.
   *
   * @default - only the controls of this library are checked
   */
  readonly packs?: IPolicyValidationPlugin[];

  /**
   * The mildest severity that fails the synthesis; findings below it are warnings.
   *
   * @default Severity.LOW
   */
  readonly failOn?: Severity;

  /**
   * Day on which waivers are judged, `YYYY-MM-DD` (UTC).
   *
   * @default - today
   */
  readonly asOf?: string;
}

/**
 * Checks every control on the templates of an app at each synthesis, and fails it where one does not hold.
 *
 * The rules read what will be deployed, after every override and aspect. What cannot be waived is `fatal`, which the CDK lets nobody
 * acknowledge. Waivers themselves are checked: one that has expired, matches nothing, is incomplete, unknown or on a stack or app fails the
 * synthesis, and so does an acknowledgement that goes around them.
 *
 * @example
 * const app = new App();
 * policy.IntegrationPolicy.enforce(app, { failOn: core.Severity.MEDIUM });
 */
export class IntegrationPolicy implements IPolicyValidationPlugin {
  /** Adds the policy, and the packs that it names, to an app. Throws for a stage or stack, whose packs would see the whole app anyway. */
  public static enforce(app: IConstruct, props: IntegrationPolicyProps = {}): IntegrationPolicy {
    if (!App.isApp(app)) {
      throw new ConfigurationError(app, `'app' must be an App, got '${app.node.path}'; enforce the policy once, on the app`);
    }
    if (props.asOf !== undefined && !isDate(props.asOf)) {
      throw new ConfigurationError(app, `'asOf' must be a day, YYYY-MM-DD, got '${props.asOf}'; write for example '2027-06-30'`);
    }
    const names = (props.packs ?? []).map((pack) => pack.name);
    const twice = [PLUGIN_NAME, ...names].find((name, index, all) => all.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new ConfigurationError(app, `'packs' must have different names, got '${twice}' twice; leave one out`);
    }
    const policy = new IntegrationPolicy(props);
    Validations.of(app).addPlugins(...(props.packs ?? []).map((pack) => new GovernedPack(pack)), policy);
    app.node.addValidation({
      validate: () => (app.node.tryGetContext(FAIL_SYNTH_CONTEXT) === false
        ? [`context '${FAIL_SYNTH_CONTEXT}' must not be false, got false; remove it, for a failed check would end with exit code 0`]
        : []),
    });
    return policy;
  }

  /** Namespace of the findings' ids. */
  public readonly name: string = PLUGIN_NAME;

  /** Ids of the controls that are checked. */
  public readonly ruleIds?: string[] = RULES.map((rule) => rule.control);

  private readonly failOn: Severity;
  private readonly asOf?: string;

  private constructor(props: IntegrationPolicyProps) {
    this.failOn = props.failOn ?? Severity.LOW;
    this.asOf = props.asOf;
  }

  /** Called by the CDK at synthesis. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const app = readApp(context);
    const verdicts = check(app.templates, RULES).map((verdict) => ({
      ...verdict,
      constructPath: app.constructPaths.get(placeOf(verdict.template, verdict.logicalId)) ?? verdict.constructPath,
    }));
    const { judgements, discipline } = judge(verdicts, app.waivers, app.acknowledgements, app.broadPaths, this.asOf ?? today());
    const violations = [
      ...judgements.filter((judgement) => judgement.finding !== '').map((judgement) => this.violationOf(judgement, app)),
      ...discipline.map(disciplineViolation),
    ];
    return { violations, success: !violations.some(({ severity }) => severity === 'error' || severity === FATAL) };
  }

  private violationOf(judgement: Judgement, app: SynthesizedApp): PolicyViolation {
    const control = controlById(judgement.control);
    return {
      ruleName: findingId(control.id, judgement.finding),
      description: `${control.title}: ${judgement.message}`,
      fix: control.waivable ? `${control.remedy} An exception needs a Waiver, on this resource.` : control.remedy,
      severity: control.waivable ? this.severityOf(judgement) : FATAL,
      ruleMetadata: { control: control.id, severity: control.severity },
      violatingResources: [{
        resourceLogicalId: judgement.logicalId,
        templatePath: app.files.get(judgement.template),
        constructPath: judgement.constructPath || undefined,
        locations: [judgement.property ? `Properties/${judgement.property.replaceAll('.', '/')}` : 'Properties'],
      }],
    };
  }

  private severityOf(verdict: Verdict): string {
    const rank = CONTROL_SEVERITIES.indexOf(controlById(verdict.control).severity);
    return rank <= CONTROL_SEVERITIES.indexOf(this.failOn) ? 'error' : 'warning';
  }
}

function disciplineViolation(finding: DisciplineFinding): PolicyViolation {
  return {
    ruleName: finding.rule,
    description: finding.message,
    severity: FATAL,
    violatingResources: [{ constructPath: finding.constructPath, locations: [] }],
  };
}
