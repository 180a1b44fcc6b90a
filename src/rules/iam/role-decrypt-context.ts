import { rightsOf } from './identity-policies';
import { peopleWhoMayAssume } from './people';
import { Answer } from '../../formats/answers';
import { Graph, Resource } from '../graph';
import { narrowedBy } from '../narrowing';
import { coversAction, hasUntoldAction, resourcePolicyOf, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { isUnknown } from '../values';

const DECRYPT = 'kms:Decrypt';

/** What ties a decryption to data of one place: what was encrypted says of itself, or the service that keeps it. */
const KEYS = ['kms:encryptioncontext:*', 'kms:viaservice'];

/** Checks `ROLE-DECRYPT-CONTEXT`. */
export const roleDecryptContext: Rule = {
  control: 'ROLE-DECRYPT-CONTEXT',
  check(role, graph) {
    const people = peopleWhoMayAssume(role, graph);
    if (people.statements.length === 0 && !people.untold) return notApplicable('people do not take on the role');
    const { statements } = rightsOf(role, graph);
    // Who writes the policy of a key does not know the services; the role's own policies do.
    const denials = statements.map(deniesDirectly);
    const own = statements.filter(({ effect }) => effect !== 'Deny');
    const byKeys = denials.includes('yes') ? [] : (keyStatements(graph).get(role) ?? []).filter(({ effect }) => effect !== 'Deny');
    const found = [
      ...own.flatMap((allow) => judge(allow, people.untold)),
      ...byKeys.flatMap((allow) => judge(allow, people.untold || denials.includes('maybe'))),
    ];
    if (found.length > 0) return found;
    return [...own, ...byKeys].some((allow) => coversAction(allow, DECRYPT)) ? compliant('each right to decrypt is tied to a context or a service') : notApplicable('the role may not decrypt');
  },
};

/** Whether a Deny leaves a role no decryption but through a service, whatever the policies of keys allow. */
function deniesDirectly(statement: Statement): Answer {
  const { effect, resources, notResource, conditions, untoldConditions, partial } = statement;
  const mayCover = coversAction(statement, DECRYPT) || hasUntoldAction(statement);
  const mayReachAll = !notResource && (resources.includes('*') || resources.some(isUnknown));
  const mayHold = conditions.every(({ operator, key, values }) =>
    operator === 'null' && key === 'kms:viaservice' && values.every((value) => isUnknown(value) || String(value) === 'true'));
  if (effect === 'Allow' || !mayCover || !mayReachAll || !mayHold) return 'no';
  const isTold = effect === 'Deny' && !partial && !untoldConditions && resources.includes('*') && !conditions.some(({ values }) => values.some(isUnknown));
  return isTold ? 'yes' : 'maybe';
}

/** What policies of keys let roles do, by role; a role that a key policy names needs no right of its own. */
function keyStatements(graph: Graph): ReadonlyMap<Resource, readonly Statement[]> {
  return graph.once('key statements by role', () => {
    const byRole = new Map<Resource, Statement[]>();
    for (const statement of graph.ofType('AWS::KMS::Key').flatMap((key) => resourcePolicyOf(key, graph).statements)) {
      const roles = statement.notPrincipal ? [] : statement.principals.flatMap(({ value }) => graph.find(value, 'AWS::IAM::Role', statement.carrier.template) ?? []);
      for (const role of new Set(roles)) byRole.set(role, [...(byRole.get(role) ?? []), statement]);
    }
    return byRole;
  });
}

function judge(allow: Statement, untold: boolean): Outcome[] {
  const where = `${allow.carrier.logicalId}.${allow.path}`;
  if (!coversAction(allow, DECRYPT)) {
    return allow.partial ? [cannotTell('UnresolvedRights', `the template does not tell whether ${where} allows ${DECRYPT}`)] : [];
  }
  const narrowing = allow.untoldConditions ? 'unknown' : narrowedBy(allow, KEYS);
  if (narrowing === 'narrow') return [];
  return [narrowing === 'unknown' || untold || allow.effect === 'unknown'
    ? cannotTell('UnresolvedRights', `the template does not tell what ${where} lets people decrypt`)
    : violation('DecryptAnything', `${where} allows ${DECRYPT} of whatever the key encrypted`)];
}
