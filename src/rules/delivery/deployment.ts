import { any } from './answers';
import { accountOf, arnOf, regionOf } from './arns';
import { deployer } from './callers';
import { Context } from './conditions';
import { encryptionContextOf, keyOf, keyServiceOf } from './encryption';
import { decide, Decision, Request, weigh, worst } from './permissions';
import { Graph, Resource } from '../graph';
import { Value } from '../values';

/**
 * Whether whoever deploys `owner` can have its service use the key that a property of it names, as far as the key policy decides.
 *
 * What the key policy leaves to the account, the deployer's own policies are taken to allow: no template holds them, and a deployment that
 * they do not let through fails at once.
 */
export function mayDeployWithKey(actions: readonly string[], value: Value, owner: Resource, graph: Graph): Decision {
  const key = keyOf(value, owner, graph);
  if (key.kind === 'untold') return { answer: 'unknown', reason: 'the template does not hold the policy of the key' };
  if (key.kind !== 'key') return { answer: 'allowed', reason: '' };
  return worst(actions.map((action) => {
    const caller = deployer(accountOf(owner, graph));
    const request: Request = { caller, action, on: arnOf(key.key, graph), context: contextOf(action, owner, graph) };
    const named = weigh(key.statements, request, 'named', graph);
    const delegated = weigh(key.statements, request, 'delegated', graph);
    const allow = any([named.allow, delegated.allow]);
    return decide({ allow, deny: named.deny, reason: allow === 'maybe' && named.allow === 'no' ? delegated.reason : named.reason });
  }));
}

/** Which operations have an encryption context and which say for whom a grant is: AWS KMS Developer Guide, "AWS KMS condition keys". */
function contextOf(action: string, owner: Resource, graph: Graph): Context {
  const account = accountOf(owner, graph);
  const described = action === 'kms:DescribeKey';
  const granted = action === 'kms:CreateGrant';
  const values = new Map(Object.entries({
    'aws:principalaccount': account,
    'aws:principalisawsservice': 'false',
    'aws:resourceaccount': account,
    'aws:securetransport': 'true',
    'kms:calleraccount': account,
    'kms:viaservice': `${keyServiceOf(owner)}.${regionOf(owner, graph)}.amazonaws.com`,
    ...(granted && { 'kms:grantisforawsresource': 'true' }),
    ...(!described && encryptionContextOf(owner, graph)),
  }));
  const absent = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceowner'];
  return { values, absent: [...absent, ...(granted ? [] : ['kms:grantisforawsresource']), ...(described ? ['kms:encryptioncontext:*'] : [])] };
}
