import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown, listOf, truth, Unresolved, Value } from '../values';

/** Flows in which the client sends a password, under their present and their earlier names. */
const PASSWORD_FLOWS: readonly Value[] = ['ADMIN_NO_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'];

/** Checks `COGNITO-CLIENT-FLOWS`. */
export const cognitoClientFlows: Rule = {
  control: 'COGNITO-CLIENT-FLOWS',
  check({ properties }) {
    const oauth = truth(properties.AllowedOAuthFlowsUserPoolClient);
    const grants = listOf(properties.AllowedOAuthFlows);
    const flows = listOf(properties.ExplicitAuthFlows);
    const untold = [...grants, ...flows].some(isUnknown) || (grants.length === 0 && oauth instanceof Unresolved);
    const found = [
      ...(grants.includes('implicit') ? [violation('ImplicitGrant', 'AllowedOAuthFlows has implicit', 'AllowedOAuthFlows')] : []),
      ...(grants.length === 0 && oauth === true ? [violation('FlowsNotStated', 'AllowedOAuthFlows is not set', 'AllowedOAuthFlows')] : []),
      ...flows.filter((flow) => PASSWORD_FLOWS.includes(flow))
        .map((flow) => violation(`PasswordFlow::${describe(flow)}`, `ExplicitAuthFlows has ${describe(flow)}`, 'ExplicitAuthFlows')),
      ...(untold ? [cannotTell('UnresolvedFlows', 'the template does not tell every flow', 'ExplicitAuthFlows')] : []),
    ];
    if (found.length > 0) return found;
    const byOAuth = grants.length > 0 ? grants.map(describe).join(', ') : 'none';
    // What an app client supports where it does not say (AWS::Cognito::UserPoolClient, ExplicitAuthFlows).
    const byUsers = flows.length > 0 ? flows.map(describe).join(', ') : 'SRP and custom challenges, by default';
    return compliant(`grants: ${byOAuth}; sign-in of users: ${byUsers}`, 'AllowedOAuthFlows');
  },
};
