import { endpointTypesOf } from './apis';
import { Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, truth, Unresolved, Value } from '../values';

const PROPERTY = 'SecurityPolicy';

/** Policies that begin at TLS 1.2: the old name, and the enhanced ones, whose names begin with the newest version that they offer. */
const MODERN = /^(TLS_1_2|SecurityPolicy_TLS12_(2018|PFS_2025)_EDGE|SecurityPolicy_TLS13_(1_[23]_\w+|2025_EDGE))$/;

/** Checks `API-TLS`. */
export const apiTls: Rule = {
  control: 'API-TLS',
  check(resource) {
    switch (resource.type) {
      case 'AWS::ApiGateway::RestApi': return checkApi(resource);
      case 'AWS::ApiGatewayV2::DomainName': return checkConfigurations(resource.properties.DomainNameConfigurations);
      default: return checkPolicy(resource.properties[PROPERTY], PROPERTY) ?? violation('NotStated', `${PROPERTY} is not set`, PROPERTY);
    }
  },
};

/** The endpoint `execute-api` of a REST API, which has a policy of its own. */
function checkApi(api: Resource): Outcome {
  const { DisableExecuteApiEndpoint: disabled, [PROPERTY]: policy } = api.properties;
  if (truth(disabled) === true) return notApplicable('the API has no endpoint but those of its domains');
  const stated = checkPolicy(policy, PROPERTY);
  if (stated) return stated;
  const types = endpointTypesOf(api);
  const told = listOf(types);
  // Defaults: TLS_1_0 for a Regional and an edge-optimized API, TLS_1_2 for a private one ("Supported security policies", Default security policies).
  if (told.includes('PRIVATE')) return compliant(`${PROPERTY} is not set, which is TLS_1_2 for a private API`, PROPERTY);
  const untold = [types, ...told, truth(disabled)].find((value) => value instanceof Unresolved || isUnknown(value));
  return untold === undefined ? violation('DefaultTls', `${PROPERTY} is not set, which is TLS_1_0 for the execute-api endpoint`, PROPERTY)
    : cannotTell('UnresolvedPolicy', `${PROPERTY} is not set, and the template does not tell which endpoint the API has: ${describe(untold)}`, PROPERTY);
}

/** The endpoints of a domain of HTTP, WebSocket and REST APIs, which take TLS 1.2 and newer where nothing else is said (ibid.). */
function checkConfigurations(configurations: Value): readonly Outcome[] {
  if (isUnknown(configurations)) return [cannotTell('UnresolvedPolicy', `DomainNameConfigurations is ${describe(configurations)}`, 'DomainNameConfigurations')];
  const outcomes = listOf(configurations).map((configuration, index) => {
    const property = `DomainNameConfigurations.${index}.${PROPERTY}`;
    return checkPolicy(at(configuration, PROPERTY), property) ?? compliant(`${PROPERTY} is not set, which is TLS_1_2 for a domain`, property);
  });
  return outcomes.length > 0 ? outcomes : [notApplicable('the domain has no endpoint')];
}

/** What a policy accepts; undefined where none is stated. */
function checkPolicy(policy: Value, property: string): Outcome | undefined {
  if (policy === undefined) return undefined;
  if (policy === 'TLS_1_0') return violation('OldTls', `${PROPERTY} is TLS_1_0`, property);
  if (typeof policy === 'string' && MODERN.test(policy)) return compliant(`${PROPERTY} is ${policy}, which begins at TLS ${floorOf(policy)}`, property);
  return isUnknown(policy) ? cannotTell('UnresolvedPolicy', `${PROPERTY} is ${describe(policy)}`, property)
    : cannotTell('UnknownPolicy', `${PROPERTY} is ${describe(policy)}, of which nothing is known`, property);
}

/** The oldest version that a modern policy accepts; `TLS13_1_3` and `TLS13_2025_EDGE` take nothing older than 1.3. */
function floorOf(policy: string): string {
  return /TLS13_(1_3_|2025_EDGE)/.test(policy) ? '1.3' : '1.2';
}
