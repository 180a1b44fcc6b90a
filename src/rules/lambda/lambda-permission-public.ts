import { functionOf } from './functions';
import { accountNarrowing, arnNarrowing, Narrowing } from './permissions';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { statementsOf } from '../policy-document';
import { opennessOf } from '../resource-policy-checks';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, truth, Unresolved, Value } from '../values';

/** Checks `LAMBDA-PERMISSION-PUBLIC`. */
export const lambdaPermissionPublic: Rule = {
  control: 'LAMBDA-PERMISSION-PUBLIC',
  check(permission, graph) {
    if (permission.type === 'AWS::Lambda::ResourcePolicy') return checkPolicy(permission);
    const { properties } = permission;
    const principal = describe(properties.Principal);
    if (properties.Principal === undefined || properties.Principal instanceof Unresolved) {
      return cannotTell('UnresolvedPrincipal', `Principal is ${principal}`, 'Principal');
    }
    if (principal !== '*') return compliant(`Principal is ${principal}`, 'Principal');
    if (isLeftToUrl(permission, graph)) {
      return notApplicable('it opens the function only through its public URL, which has a control of its own');
    }

    const narrowing = [
      organization(properties.PrincipalOrgID ?? properties.OrganizationId),
      accountNarrowing(properties.SourceAccount),
      arnNarrowing(properties.SourceArn),
    ];
    if (narrowing.some((each) => each === 'account' || each === 'resource')) {
      return compliant('any principal, but only from a named owner', 'Principal');
    }
    if (narrowing.includes('unknown')) return cannotTell('UnresolvedNarrowing', 'Principal is *, narrowed by what the template does not tell', 'Principal');
    return violation('Public', 'Principal is *, and nothing narrows it', 'Principal');
  },
};

function checkPolicy(policy: Resource): Outcome | Outcome[] {
  const statements = statementsOf(jsonOf(policy.properties.PolicyDocument), policy, 'PolicyDocument');
  const open = statements.map((statement): Outcome[] => {
    const openness = opennessOf(statement);
    if (openness === 'closed') return [];
    return [openness === 'open' ? violation('Public', 'Principal is *, and no condition narrows it', statement.path)
      : cannotTell('UnresolvedPrincipal', 'the statement may be for anybody', statement.path)];
  }).flat();
  return open.length > 0 ? open : compliant('no statement is for anybody', 'PolicyDocument');
}

function organization(value: Value): Narrowing {
  if (value === undefined || value === null || value === '') return 'none';
  if (isUnknown(value)) return 'unknown';
  return describe(value).includes('*') ? 'none' : 'account';
}

/** Whether the permission serves only calls to a public URL that is in the graph, so that the URL's finding is not told twice. */
function isLeftToUrl({ properties, template }: Resource, graph: Graph): boolean {
  const viaUrl = (properties.Action === 'lambda:InvokeFunctionUrl' && properties.FunctionUrlAuthType === 'NONE')
    || truth(properties.InvokedViaFunctionUrl) === true;
  const func = functionOf(properties.FunctionName, template, graph);
  return viaUrl && func !== undefined && graph.ofType('AWS::Lambda::Url').some((url) => functionOf(url.properties.TargetFunctionArn, url.template, graph) === func);
}
