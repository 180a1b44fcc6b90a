import { rightsOf } from './identity-policies';
import { peopleWhoMayAssume } from './people';
import { narrowedBy } from '../narrowing';
import { coversAction, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';

const DECRYPT = 'kms:Decrypt';

/** What ties a decryption to data of one place: what was encrypted says of itself, or the service that keeps it. */
const KEYS = ['kms:encryptioncontext:*', 'kms:viaservice'];

/** Checks `ROLE-DECRYPT-CONTEXT`. */
export const roleDecryptContext: Rule = {
  control: 'ROLE-DECRYPT-CONTEXT',
  check(role, graph) {
    const people = peopleWhoMayAssume(role, graph);
    if (people.statements.length === 0 && !people.untold) return notApplicable('people do not take on the role');
    const allows = rightsOf(role, graph).statements.filter(({ effect }) => effect !== 'Deny');
    const decrypting = allows.filter((allow) => coversAction(allow, DECRYPT));
    const found = allows.flatMap((allow) => judge(allow, people.untold));
    if (found.length > 0) return found;
    return decrypting.length > 0 ? compliant('each right to decrypt is tied to a context or a service') : notApplicable('the role may not decrypt');
  },
};

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
