import { Answer } from './answers';
import { accountOf, arnOf, plain } from './arns';
import { equals, UNTOLD } from './match';
import { Graph, Resource } from '../graph';
import { trustStatements } from '../iam/identity-policies';
import { Principal, Statement } from '../policy-document';
import { describe, Reference } from '../values';

/** Who makes a request. */
export interface Caller {
  /** Plain text for messages. */
  readonly name: string;
  /** Account whose own policies can decide for the caller; a service in its own name has none. */
  readonly account?: string;
  /** Whether a statement's principal, which is not everybody, is the caller. */
  isNamed(principal: Principal, statement: Statement, graph: Graph): Answer;
}

/** A service that acts in its own name. */
export function serviceCaller(service: string): Caller {
  return {
    name: service,
    isNamed: ({ kind, value }, { carrier }, graph) =>
      (kind === 'service' ? equals(plain(value, carrier.template, graph), service) : kind === 'unknown' ? 'maybe' : 'no'),
  };
}

/** A role of the graph. */
export function roleCaller(role: Resource, graph: Graph): Caller {
  const arn = arnOf(role, graph);
  return {
    name: role.logicalId,
    account: accountOf(role, graph),
    isNamed({ kind, value }, { carrier }) {
      if (kind !== 'aws' && kind !== 'unknown') return 'no';
      const text = plain(value, carrier.template, graph);
      return text.includes(UNTOLD) && !text.includes(':') ? 'maybe' : equals(text, arn);
    },
  };
}

/**
 * Whoever deploys into an account.
 *
 * No template tells who that is. It may be any principal of the account that an Allow names, but for roles that only services assume.
 */
export function deployer(account: string): Caller {
  return {
    name: 'whoever deploys it',
    account,
    isNamed({ kind, value }, { carrier, effect, notPrincipal }, graph) {
      if (kind === 'unknown') return 'maybe';
      if (kind !== 'aws' || (value instanceof Reference && servesOnly(value.resource))) return 'no';
      const text = plain(value, carrier.template, graph);
      // The account as a whole names nobody; its own policies decide.
      if (text.endsWith(':root') || /^\d{12}$/.test(text) || text === account) return 'no';
      const near = text.startsWith('arn:') ? equals(text.split(':')[4], account) : 'maybe';
      return effect === 'Allow' || near === 'no' ? near : notPrincipal ? 'maybe' : 'no';
    },
  };
}

/** Whether only services assume a role, and none of them to deploy with it. */
function servesOnly(role: Resource): boolean {
  const principals = role.type === 'AWS::IAM::Role' ? trustStatements(role).flatMap((statement) => statement.principals) : [];
  return principals.length > 0 && principals.every(({ kind, value }) => kind === 'service' && !describe(value).startsWith('cloudformation.'));
}
