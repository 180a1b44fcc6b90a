import { readFileSync } from 'node:fs';
import { CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, Stack } from 'aws-cdk-lib';
import { NagMessageLevel, NagPack, NagRuleCompliance } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { CONTROLS, PLUGIN_NAME } from '../compliance';
import { ConfigurationError } from '../private';
import { check, RULES, TemplateSource, Verdict } from '../rules';
import { placeOf } from './private/assembly';

/**
 * The controls of this library as a cdk-nag pack, under the same ids.
 *
 * For teams whose process is built around packs of cdk-nag. It judges the synthesized templates as `IntegrationPolicy` does, so that
 * overrides are seen, and unlike it knows nothing of the discipline of waivers and can emit no `fatal`. Use one of the two.
 *
 * @example
 * const app = new App();
 * Validations.of(app).addPlugins(new policy.IntegrationChecks());
 */
export class IntegrationChecks extends NagPack {
  /** Namespace of the findings' ids. */
  public readonly name: string = PLUGIN_NAME;

  private verdicts = new Map<string, Verdict[]>();

  /** Called by the CDK at synthesis. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const stacks = context.appConstruct.node.findAll().filter((node): node is Stack => Stack.isStack(node));
    this.index(stacks.flatMap((stack) => context.stackTemplates
      .filter(({ stackConstructPath }) => stackConstructPath === stack.node.path)
      .map(({ templatePath, accountId, region }): TemplateSource => ({
        name: stack.node.path,
        template: JSON.parse(readFileSync(templatePath, 'utf8')) as unknown,
        ...(accountId !== undefined && { account: accountId }),
        ...(region !== undefined && { region }),
      }))));
    return super.validateScope(context.appConstruct);
  }

  /** Not available: the rules judge synthesized templates, and a construct tree alone has none. Register the pack and synthesize. */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    throw new ConfigurationError(scope, "'scope' must be synthesized to be judged, got a construct tree; register the pack on the app and call synth()");
  }

  /** Called by cdk-nag for each resource. */
  protected checkResource(node: CfnResource): void {
    const verdicts = this.verdicts.get(placeOf(node.stack.node.path, node.stack.resolve(node.logicalId) as string)) ?? [];
    for (const control of CONTROLS) {
      const own = verdicts.filter((verdict) => verdict.control === control.id);
      if (own.length === 0) continue;
      const findings = own.filter((verdict) => verdict.finding !== '').map((verdict) => verdict.finding);
      // cdk-nag builds an id as '<pack>-<rule>', so the two halves of the control's own id are handed over as these.
      const [prefix, ...suffix] = control.id.split('-');
      this.packName = prefix;
      this.applyRule({
        node,
        info: control.title,
        explanation: control.rationale,
        level: control.severity === 'low' ? NagMessageLevel.WARN : NagMessageLevel.ERROR,
        ruleSuffixOverride: suffix.join('-'),
        rule: () => (findings.length > 0 ? findings : NagRuleCompliance.COMPLIANT),
      });
    }
  }

  private index(templates: readonly TemplateSource[]): void {
    this.verdicts = new Map();
    for (const verdict of check(templates, RULES)) {
      const place = placeOf(verdict.template, verdict.logicalId);
      this.verdicts.set(place, [...(this.verdicts.get(place) ?? []), verdict]);
    }
  }
}
