import { tryReadCall, ApiCall } from './api-calls';
import { accountOf, plain, regionOf } from './arns';
import { outcomeOf, SENDER_KEY_ACTIONS, untold } from './edges';
import { keyForSenders } from './encryption';
import { mayServiceInvoke } from './functions';
import { mayRoleCall, mayRoleUseKey } from './identity';
import { placeholder } from './match';
import { Decision, worst } from './permissions';
import { mayBeAssumedBy } from './trust';
import { answersByItself, partsOf, pathOf, restApiOf } from '../apigateway/apis';
import { isApi, judgeAuthorizers, judgeOperations } from '../apigateway/imported';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, Reference, Value } from '../values';

const SERVICE = 'apigateway.amazonaws.com';

/** What a method `ANY` is called with. */
const VERBS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Checks `DELIVERY-API-INVOKE`. */
export const deliveryApiInvoke: Rule = {
  control: 'DELIVERY-API-INVOKE',
  check(resource, graph) {
    if (isApi(resource)) return checkApi(resource, graph);
    return resource.type === 'AWS::ApiGateway::Method' ? checkMethod(resource, graph) : checkAuthorizer(resource, graph);
  },
};

/** The methods and authorizers of the document that an API is imported from. */
function checkApi(api: Resource, graph: Graph): readonly Outcome[] {
  return [
    ...judgeOperations(api, ({ method }) => checkMethod(method, graph)),
    ...judgeAuthorizers(api, (authorizer) => checkAuthorizer(authorizer, graph)),
  ];
}

function checkMethod(method: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const integration = method.properties.Integration;
  const type = at(integration, 'Type');
  const callsNothing = integration === undefined || answersByItself(method) || type === 'HTTP' || type === 'HTTP_PROXY';
  if (callsNothing) return notApplicable('the method calls nothing of AWS');
  return checkCall(method, at(integration, 'Uri'), 'Integration.Uri', at(integration, 'Credentials'), integration, graph);
}

function checkAuthorizer(authorizer: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const { AuthorizerCredentials, AuthorizerUri, Type } = authorizer.properties;
  if (Type === 'COGNITO_USER_POOLS' || Type === 'JWT') return notApplicable('the authorizer calls no function');
  return checkCall(authorizer, AuthorizerUri, 'AuthorizerUri', AuthorizerCredentials, undefined, graph);
}

function checkCall(
  caller: Resource, uri: Value, property: string, credentials: Value, integration: Value, graph: Graph,
): Outcome | readonly Outcome[] {
  const call = tryReadCall(uri, integration, caller.template, graph);
  if (credentials === 'arn:aws:iam::*:user/*') return notApplicable('the caller\'s own rights decide');
  if (credentials !== undefined) return byRole(call, uri, property, credentials, caller.template, graph);
  if (call && call.service !== 'lambda') return violation('NoCredentials', `the integration calls ${call.action} and has no Credentials`, 'Integration.Credentials');
  if (!call?.target) return untold(uri, property);
  return outcomeOf(mayInvoke(caller, call.target, graph), 'PolicyDenies', call.target, property);
}

/** Whether the ARN of a call has `{id}` or its value in it is not documented, so that both must be let through. */
function mayInvoke(caller: Resource, target: Resource, graph: Graph): Decision {
  const [named, filled] = ['{$1}', '$1'].map((variable) => worst(sourcesOf(caller, variable, graph)
    .map((arn) => mayServiceInvoke({ service: SERVICE, arn, account: accountOf(caller, graph) }, target, graph))));
  return named.answer === filled.answer ? named : { answer: 'unknown', reason: 'SourceArn has a path variable, for which * should stand' };
}

/**
 * The ARNs by which API Gateway names a method or an authorizer to the function that it invokes, one for each stage and verb.
 *
 * `variable` is what stands for a variable of the path, `$1` its name.
 */
function sourcesOf(caller: Resource, variable: string, graph: Graph): readonly string[] {
  const home = caller.template;
  const api = `arn:aws:execute-api:${regionOf(caller, graph)}:${accountOf(caller, graph)}:${plain(caller.properties.RestApiId, home, graph)}`;
  if (caller.type === 'AWS::ApiGateway::Authorizer') return [`${api}/authorizers/${plain(new Reference(caller), home, graph)}`];
  const path = pathOf(caller, graph)?.replace(/\{([^}]*)\}/g, variable) ?? placeholder(`${home}/${caller.logicalId}/path`);
  const verb = plain(caller.properties.HttpMethod, home, graph);
  return stagesOf(caller, graph).flatMap((stage) => (verb === 'ANY' ? VERBS : [verb]).map((each) => `${api}/${stage}/${each}/${path.replace(/^\//, '')}`));
}

/** Names of the stages of a method's API; some name where the templates have none. */
function stagesOf(method: Resource, graph: Graph): readonly string[] {
  const api = restApiOf(method, graph);
  const stages = api ? ['AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment'].flatMap((type) => partsOf(api, type, graph)) : [];
  const names = stages.filter(({ properties }) => properties.StageName !== undefined)
    .map(({ properties, template }) => plain(properties.StageName, template, graph));
  return names.length > 0 ? names : [placeholder(`${method.template}/stage`)];
}

function byRole(call: ApiCall | undefined, uri: Value, property: string, credentials: Value, home: string, graph: Graph): readonly Outcome[] {
  const role = graph.find(credentials, 'AWS::IAM::Role', home);
  if (!call?.target) return [untold(uri, property)];
  const { action, target } = call;
  if (!role) return [cannotTell(`Untold::${target.logicalId}`, `the template does not hold the role ${describe(credentials)}`, property)];
  const key = keyForSenders(target);
  return [
    trustOutcome(role, graph),
    outcomeOf(mayRoleCall(role, [action], target, graph), 'PolicyDenies', target, property),
    ...(key === undefined ? [] : [outcomeOf(mayRoleUseKey(role, SENDER_KEY_ACTIONS, key, target, graph), 'KeyDenies', target, property)]),
  ];
}

function trustOutcome(role: Resource, graph: Graph): Outcome {
  // Which source keys API Gateway sends when it assumes a role is not documented.
  const { answer, reason } = mayBeAssumedBy(SERVICE, { values: new Map<string, string>(), absent: [] }, role, graph);
  if (answer === 'allowed') return compliant(`${role.logicalId} lets API Gateway assume it`);
  return answer === 'denied' ? violation(`RoleDenies::${role.logicalId}`, `the trust policy of ${role.logicalId}: ${reason}`)
    : cannotTell(`Untold::${role.logicalId}`, `the trust policy of ${role.logicalId}: ${reason}`);
}
