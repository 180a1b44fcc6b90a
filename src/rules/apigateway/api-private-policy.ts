import { endpointTypesOf } from './apis';
import { definitionOf, member } from './openapi';
import { Resource } from '../graph';
import { jsonOf } from '../json-text';
import { shapeOf } from '../narrowing';
import { Condition, coversAction, Statement, statementsOf } from '../policy-document';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, listOf, Unresolved, Value } from '../values';

const SOURCES = ['aws:sourcevpc', 'aws:sourcevpce'];

/** Operators that hold only where the key is present and equal. */
const EQUAL = /^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)$/;

/** Operators that hold where the key differs, and where it is missing (IAM user guide, condition operators). */
const DIFFERENT = /^(stringnotequals|stringnotequalsignorecase|stringnotlike)(ifexists)?$/;

/** Checks `API-PRIVATE-POLICY`. */
export const apiPrivatePolicy: Rule = {
  control: 'API-PRIVATE-POLICY',
  check(api) {
    const types = endpointTypesOf(api);
    const isPrivate = listOf(types).includes('PRIVATE');
    const untold = !isPrivate && [types, ...listOf(types)].some(isUnknown);
    if (!isPrivate && !untold) return notApplicable('the API is not private');

    const policy = jsonOf(api.properties.Policy) ?? importedPolicy(api);
    const answer = judge(api, policy);
    if (typeof answer === 'object') return compliant(`callers come from ${answer.sources.map(describe).join(', ')} only`, 'Policy');
    if (untold) return cannotTell('UnresolvedPolicy', `EndpointConfiguration.Types is ${describe(types)}`, 'EndpointConfiguration');
    if (answer === 'untold') return cannotTell('UnresolvedPolicy', 'the template does not tell which endpoints the policy lets in', 'Policy');
    return policy === undefined ? violation('NoPolicy', 'Policy is not set', 'Policy')
      : violation('OpenPolicy', 'neither a Deny for all others nor a condition of each Allow names VPC endpoints or VPCs', 'Policy');
  },
};

/** The policy that stands in the document of the API (x-amazon-apigateway-policy), or may stand in one that cannot be read. */
function importedPolicy(api: Resource): Value {
  const { document, unread } = definitionOf(api);
  const elsewhere = unread.find(({ property }) => !property.startsWith('Body.'));
  return member(document, 'x-amazon-apigateway-policy') ?? (elsewhere === undefined ? undefined : new Unresolved(elsewhere.text));
}

/** The endpoints and networks that the policy lets in. */
function judge(api: Resource, policy: Value): { readonly sources: readonly Value[] } | 'open' | 'untold' {
  const statements = statementsOf(policy, api, 'Policy');
  const denies = statements.filter((statement) => deniesAllOthers(statement)).map(({ conditions }) => conditions[0]);
  const closing = denies.find((condition) => named(condition) === 'all');
  if (closing) return { sources: closing.values };
  const allows = statements.filter(({ effect }) => effect !== 'Deny');
  const narrowing = allows.map(({ effect, conditions }) => (effect === 'Allow' ? conditions.find((each) => SOURCES.includes(each.key) && EQUAL.test(each.operator)) : undefined));
  const found = narrowing.flatMap((condition) => condition ?? []);
  if (allows.length > 0 && found.length === allows.length && found.every((condition) => named(condition) === 'all')) {
    return { sources: found.flatMap(({ values }) => values) };
  }
  const untold = isUnknown(policy) || statements.some(({ effect }) => effect === 'unknown') || [...denies, ...found].some((condition) => named(condition) === 'untold');
  return untold ? 'untold' : 'open';
}

/** A Deny for everybody whose only condition is that the source is another one. */
function deniesAllOthers(statement: Statement): boolean {
  const { conditions, effect, notPrincipal, principals, resources, notResource, partial } = statement;
  return effect === 'Deny' && !partial && !notPrincipal && principals.some(({ kind }) => kind === 'any') && coversAction(statement, 'execute-api:Invoke')
    && !notResource && resources.some((resource) => coversApi(resource))
    && conditions.length === 1 && SOURCES.includes(conditions[0].key) && DIFFERENT.test(conditions[0].operator);
}

/** Everything, or everything of the API, as `execute-api:/*` writes it. */
function coversApi(resource: Value): boolean {
  return /^(\*|execute-api:\/\*|arn:[^:]+:execute-api:[^:]*:[^:]*:[^/]+\/\*)$/.test(shapeOf(resource));
}

function named({ values }: Condition): 'all' | 'none' | 'untold' {
  if (values.some((value) => /[*?]|\$\{/.test(shapeOf(value)))) return 'none';
  return values.some(isUnknown) ? 'untold' : values.length > 0 ? 'all' : 'none';
}
