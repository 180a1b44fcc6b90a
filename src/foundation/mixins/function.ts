import { Mixin, Reference, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing, valueAt } from '../../private';

/**
 * Samples the requests of a function and sends their traces to X-Ray, as its role then may. Applies control `LAMBDA-TRACING`.
 *
 * Where the role is imported, it must already have `xray:PutTraceSegments` and `xray:PutTelemetryRecords`; Lambda drops the traces without
 * an error if it has not. Traces are billed.
 *
 * @example
 * Mixins.of(this).apply(new foundation.mixins.FunctionTracing());
 */
export class FunctionTracing extends Mixin {
  public supports(construct: IConstruct): construct is lambda.CfnFunction {
    return lambda.CfnFunction.isCfnFunction(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.tracingConfig = { mode: 'Active' };
    allowTraces(construct);
    guardAgainstUndoing(construct, {
      control: 'LAMBDA-TRACING',
      mixin: 'foundation.mixins.FunctionTracing',
      demand: "'TracingConfig.Mode' must be Active",
      holds: ({ Properties }) => valueAt(Properties, 'TracingConfig.Mode') === 'Active',
    });
  }
}

/** X-Ray takes no resource for these actions (Service Authorization Reference, AWS X-Ray). */
function allowTraces(target: lambda.CfnFunction): void {
  const statement = new iam.PolicyStatement({ actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] });
  const parent = target.node.scope;
  if (parent instanceof lambda.Function && parent.node.defaultChild === target) {
    parent.addToRolePolicy(statement);
    return;
  }
  const reference = Tokenization.reverse(target.role, { failConcat: false });
  const role = Reference.isReference(reference) ? reference.target : undefined;
  // Functions may share a role, which has one policy of a name.
  if (!iam.CfnRole.isCfnRole(role) || role.node.tryFindChild('Tracing')) return;
  const policy = new iam.CfnRolePolicy(role, 'Tracing', {
    policyName: 'Tracing',
    roleName: role.ref,
    policyDocument: new iam.PolicyDocument({ statements: [statement] }),
  });
  if (role.cfnOptions.condition) policy.cfnOptions.condition = role.cfnOptions.condition;
}
