import { ACCOUNT } from './partners';
import { Call, shown } from '../iam/call';
import { Identity, Statement } from '../iam/role';
import { decide } from '../iam/simulate';

/** As the keys of a foundation have it: what the role's policies allow is allowed. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};
/** What a role without bounds could do, so that the policy of the session stands alone. */
const EVERYTHING: readonly Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/** What bounds a partner who has logged in. */
export interface Bounds {
  readonly name: string;
  readonly role: readonly Statement[];
  readonly session: unknown;
  readonly roleArn?: string;
  /** Policies of keys, by their ARNs; as those of a foundation where there is none. */
  readonly keyPolicies?: Readonly<Record<string, unknown>>;
}

/** Each bounds a partner by itself, whatever the other allows; `both` is what AWS would decide. */
export type Way = 'role' | 'session' | 'both';

/** What allows a call: none of these ways, some or all. */
export async function allowedBy(call: Call, { role, session, roleArn, keyPolicies }: Bounds, ways: readonly Way[]): Promise<Way[]> {
  const found: Way[] = [];
  const keyPolicy = call.action.startsWith('kms:') ? keyPolicies?.[call.resource] ?? KEY_POLICY : undefined;
  for (const way of ways) {
    const decision = await decide(call, identity(way === 'session' ? EVERYTHING : role, roleArn), [], keyPolicy, way === 'role' ? undefined : session);
    if (decision === 'Allowed') found.push(way);
  }
  return found;
}

/** What one partner may of another's: nothing, by each of these ways. */
export async function crossingsOf(one: Bounds, others: readonly Call[], ways: readonly Way[], whose: string): Promise<string[]> {
  const crossings: string[] = [];
  for (const call of others) {
    const by = await allowedBy(call, one, ways);
    if (by.length > 0) crossings.push(`${one.name} may, by ${by.join(' and ')}: ${shown(call)} ${JSON.stringify(call.context)} of ${whose}`);
  }
  return crossings;
}

/** What a partner may not of its own: nothing. */
export async function lossesOf(one: Bounds, own: readonly Call[]): Promise<string[]> {
  const lost: string[] = [];
  for (const call of own) {
    if ((await allowedBy(call, one, ['both'])).length === 0) lost.push(`lost: ${one.name} may not: ${shown(call)} ${JSON.stringify(call.context)}`);
  }
  return lost;
}

/** The simulator takes `*` in the name of a resource for a pattern. Names with one are refused, unless somebody changed that. */
export function isPlain({ resource }: Call): boolean {
  return !/[*?]/.test(resource);
}

/** Every so many of a list, beginning elsewhere each time. */
export function some<T>(list: readonly T[], turn: number, every = 4): T[] {
  return list.filter((_, index) => (index + turn) % every === 0);
}

function identity(denials: readonly Statement[], roleArn = `arn:aws:iam::${ACCOUNT}:role/sftp/c8f3/partner`): Identity {
  const sessionArn = `arn:aws:sts::${ACCOUNT}:assumed-role/${roleArn.split('/').at(-1)}/acme.1a2b@s-0123456789abcdef0`;
  return { roleArn, sessionArn, account: ACCOUNT, grants: [], denials, boundaries: [] };
}
