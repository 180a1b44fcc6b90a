import { Graph, Resource } from '../graph';
import { at, isUnknown, listOf, target, truth, Value } from '../values';

/** Sign-in flows of an app client that no user goes through. */
const WITHOUT_USERS: readonly Value[] = ['ALLOW_REFRESH_TOKEN_AUTH'];

/**
 * Whether a client serves machines alone: its one grant is client_credentials, and it states that users cannot sign in.
 *
 * A client that leaves ExplicitAuthFlows unsaid lets users sign in by SRP and by custom challenges (AWS::Cognito::UserPoolClient).
 */
export function isMachineClient({ properties }: Resource): boolean {
  const grants = listOf(properties.AllowedOAuthFlows);
  const flows = listOf(properties.ExplicitAuthFlows);
  return grants.length === 1 && grants[0] === 'client_credentials' && flows.length > 0 && flows.every((flow) => WITHOUT_USERS.includes(flow));
}

/** Whether a pool serves machines alone: nobody signs up, and each of its clients, of which there is one, is a machine client. */
export function isMachinePool(pool: Resource, graph: Graph): boolean {
  const all = graph.ofType('AWS::Cognito::UserPoolClient');
  const clients = all.filter(({ properties }) => target(properties.UserPoolId) === pool);
  return truth(signUpOf(pool)) === true && clients.length > 0 && clients.every(isMachineClient)
    && !all.some(({ properties }) => isUnknown(properties.UserPoolId));
}

/** Whether only an administrator adds users, as the template writes it. */
export function signUpOf({ properties }: Resource): Value {
  return at(properties, 'AdminCreateUserConfig.AllowAdminCreateUserOnly');
}

export const MACHINES_ONLY = 'the pool serves machines alone: nobody signs up, and its clients state client_credentials and no sign-in of users';
