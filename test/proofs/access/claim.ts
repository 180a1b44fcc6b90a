import { Deployed, Document, Holder } from './deployed';
import { decision, EVERYTHING, Policies, Request } from '../../access/judge';

/** Requests of which all are to be allowed, or one at least denied; which, is stated by hand. */
export interface Claim {
  readonly name: string;
  readonly requests: readonly Request[];
  readonly policies: Policies;
  readonly allowed: boolean;
}

/** What a part of the room claims of what is deployed. */
export type Claims = (deployed: Deployed) => Claim[];

/** What was decided, and what of it is not what was claimed. */
export interface Decided {
  readonly decisions: number;
  readonly wrong: readonly string[];
}

/** Asks the simulator. */
export async function decided(claims: readonly Claim[]): Promise<Decided> {
  const wrong: string[] = [];
  let decisions = 0;
  for (const { name, requests, policies, allowed } of claims) {
    let isAllowed = true;
    for (const request of requests) {
      decisions += 1;
      if (await decision(request, policies) !== 'Allowed') {
        isAllowed = false;
        break;
      }
    }
    if (isAllowed !== allowed) wrong.push(`${name}: ${isAllowed ? 'allowed, and should be denied' : 'denied, and should be allowed'}`);
  }
  return { decisions, wrong };
}

/** What a session of a role has in its context, unless the request says otherwise. */
export function sessionOf({ arn }: Holder, person: string, action: string, resource: string, context: Request['context'] = {}): Request {
  const [, account, role] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?(.+)$/.exec(arn)!;
  return {
    principal: `arn:aws:sts::${account}:assumed-role/${role}/${person}`,
    action,
    resource,
    context: {
      'aws:PrincipalArn': arn, 'aws:PrincipalAccount': account, 'aws:PrincipalType': 'AssumedRole', 'aws:userid': `AROA0A1B2C3D4E5F60718:${person}`, ...context,
    },
  };
}

/** What decides for a role as it stands. */
export function asDeployed({ rights, boundary }: Holder): Policies {
  return { identity: rights.Statement, boundary };
}

/** What decides for a role that somebody gave everything besides. */
export function withEverything({ rights, boundary }: Holder): Policies {
  return { identity: [...rights.Statement, EVERYTHING], boundary };
}

/** The one statement of a policy with that sid. */
export function statementOf({ Statement }: Document, sid: string): Record<string, any> {
  const found = Statement.filter(({ Sid }) => Sid === sid);
  if (found.length !== 1) throw new Error(`the policy has ${found.length} statements ${sid}, not one`);
  return found[0];
}
