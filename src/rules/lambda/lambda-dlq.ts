import { pointingAt, qualifiersOf } from './functions';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown, Value } from '../values';

/** Services that wait for the answer and report a failure to their own caller. */
const WAITING_SERVICES = /^(apigateway|cognito-idp|elasticloadbalancing|lex|lexv2|transfer|vpc-lattice)\./;

/** Resource types whose reference to a function makes a call that waits, or a poll. */
const WAITING_TYPES = /^AWS::(ApiGateway|ApiGatewayV2|ElasticLoadBalancingV2|StepFunctions|Cognito|AppSync)::|^AWS::(Lambda::(EventSourceMapping|Url)|Transfer::Server)$/;

/** Resource types that refer to a function and call it never. */
const SILENT_TYPES = /^AWS::(Lambda::(Alias|Version|EventInvokeConfig|ResourcePolicy)|IAM::.*|Logs::(LogGroup|MetricFilter)|CloudWatch::.*|SSM::Parameter|ApplicationAutoScaling::.*|CDK::Metadata)$|^Custom::LogRetention$/;

/** Checks `LAMBDA-DLQ`. */
export const lambdaDlq: Rule = {
  control: 'LAMBDA-DLQ',
  check(func, graph) {
    const destinations = destinationsOf(func, graph);
    const known = destinations.find((destination) => !isUnknown(destination));
    if (known !== undefined) return compliant(`failures go to ${describe(known)}`, 'DeadLetterConfig');
    if (destinations.length > 0) return cannotTell('UnresolvedDestination', `failures go to ${describe(destinations[0])}`, 'DeadLetterConfig');

    const calls = callersOf(func, graph);
    if (calls.length > 0 && calls.every((call) => call === 'waits')) return notApplicable('every caller waits for the answer, or polls');
    return violation('NoDestination', 'an event that fails after its retries is lost', 'DeadLetterConfig');
  },
};

function destinationsOf(func: Resource, graph: Graph): Value[] {
  const configs = pointingAt(func, 'AWS::Lambda::EventInvokeConfig', 'FunctionName', graph);
  return [
    at(func.properties, 'DeadLetterConfig.TargetArn'),
    ...configs.map((config) => at(config.properties, 'DestinationConfig.OnFailure.Destination')),
  ].filter((value) => value !== undefined && value !== null && value !== '');
}

/** How each resource that can call the function does so; one that is not known to wait may leave an event behind. */
function callersOf(func: Resource, graph: Graph): ReadonlyArray<'waits' | 'may leave'> {
  const permissions = pointingAt(func, 'AWS::Lambda::Permission', 'FunctionName', graph).map((permission) => (waits(permission) ? 'waits' : 'may leave'));
  const others = new Set(qualifiersOf(func, graph).flatMap((each) => graph.referrers(each)).filter((each) => each.type !== 'AWS::Lambda::Permission'));
  const mappings = pointingAt(func, 'AWS::Lambda::EventSourceMapping', 'FunctionName', graph);
  const references = [...new Set([...others, ...mappings])].filter((each) => !SILENT_TYPES.test(each.type))
    .map((each) => (WAITING_TYPES.test(each.type) ? 'waits' : 'may leave'));
  return [...permissions, ...references];
}

function waits({ properties }: Resource): boolean {
  return WAITING_SERVICES.test(describe(properties.Principal)) || properties.Action === 'lambda:InvokeFunctionUrl' || properties.FunctionUrlAuthType !== undefined
    || String(properties.InvokedViaFunctionUrl).toLowerCase() === 'true';
}
