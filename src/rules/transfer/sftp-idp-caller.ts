import { serverOf, serversOfProvider } from './servers';
import { Graph, Resource } from '../graph';
import { pointingAt } from '../lambda/functions';
import { isOwnAccount } from '../policy-document';
import { accountOf } from '../principal-account';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const SERVICE = /^transfer\.(amazonaws\.com(\.cn)?|\$\{AWS::URLSuffix\})$/i;

/** Checks `SFTP-IDP-CALLER`. */
export const sftpIdpCaller: Rule = {
  control: 'SFTP-IDP-CALLER',
  check(func, graph) {
    const servers = serversOfProvider(func, graph);
    if (servers.length === 0) return notApplicable('no server asks the function who may sign in');
    const permissions = pointingAt(func, 'AWS::Lambda::Permission', 'FunctionName', graph);
    const found = [...permissions.flatMap((permission) => judge(permission, servers, graph)), ...urlsOf(func, graph), ...missing(permissions, servers, graph)];
    return found.length > 0 ? found : compliant(`${servers.map(({ logicalId }) => logicalId).join(', ')} alone may call`);
  },
};

function judge(permission: Resource, servers: readonly Resource[], graph: Graph): readonly Outcome[] {
  const { logicalId, properties: { Principal, SourceAccount, SourceArn }, template } = permission;
  const principal = describe(Principal);
  if (isUnknown(Principal)) return [cannotTell('UnresolvedCaller', `${logicalId} lets ${principal} call`)];
  if (!SERVICE.test(principal)) return [violation(`OtherCaller::${logicalId}`, `${principal} may call too, and be told the roles and keys of every partner`)];
  const found: Outcome[] = [];
  if (isUnknown(SourceAccount)) found.push(cannotTell('UnresolvedCaller', `SourceAccount of ${logicalId} is ${describe(SourceAccount)}`));
  else if (!isOwn(SourceAccount, accountOf(permission, graph))) found.push(violation('NoSourceAccount', `SourceAccount of ${logicalId} is ${describe(SourceAccount)}`));
  if (servers.includes(serverOf(SourceArn, template, graph)!)) return found;
  return [...found, isUnknown(SourceArn) ? cannotTell('UnresolvedCaller', `SourceArn of ${logicalId} is ${describe(SourceArn)}`)
    : violation('NoSourceArn', `SourceArn of ${logicalId} is ${describe(SourceArn)}, and not the server that asks`)];
}

/** A literal account is taken to be the own one where the stack does not say which that is. */
function isOwn(value: Parameters<typeof isOwnAccount>[0], account: string | undefined): boolean {
  return isOwnAccount(value, account) || (account === undefined && typeof value === 'string' && /^\d{12}$/.test(value));
}

function urlsOf(func: Resource, graph: Graph): readonly Outcome[] {
  return pointingAt(func, 'AWS::Lambda::Url', 'TargetFunctionArn', graph)
    .map(({ logicalId }) => violation('FunctionUrl', `${logicalId} lets callers in from the internet, and they choose the address that they come from`));
}

/** Servers that no permission lets call; one without a server as its source lets any. */
function missing(permissions: readonly Resource[], servers: readonly Resource[], graph: Graph): readonly Outcome[] {
  const forService = permissions.filter(({ properties }) => SERVICE.test(describe(properties.Principal)) || isUnknown(properties.Principal));
  const sources = forService.map(({ properties, template }) => serverOf(properties.SourceArn, template, graph));
  return servers.filter((server) => sources.every((source) => source !== undefined && source !== server))
    .map(({ logicalId }) => violation('NotAllowed', `${logicalId} may not call the function, so nobody can sign in at it`));
}
