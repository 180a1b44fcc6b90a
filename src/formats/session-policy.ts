import type { PartnerDirectory } from './partner-directories';
import { partnerStatements, PolicyPlace } from './partner-statements';

/** AWS Transfer Family API Reference, "CreateUser", `Policy`. */
export const MAX_SESSION_POLICY = 2048;

/** Region, in the ARN of a key. */
const KEY_ARN = /^arn:(aws(?:-[a-z]+)*):kms:([a-z0-9-]+):/;

/** Where a partner's keys are, by the first of them; undefined where that is no ARN of a key. */
export function tryPlaceOf(directories: readonly PartnerDirectory[]): PolicyPlace | undefined {
  const [, partition, region] = KEY_ARN.exec(directories[0]?.keyArn ?? '') ?? [];
  if (partition === undefined) return undefined;
  return { partition, region, ...(partition === 'aws-cn' && { urlSuffix: 'amazonaws.com.cn' }) };
}

/** The policy of a session in some directories, however long; `place` as in the ARNs of keys. */
export function writeSessionPolicy(directories: readonly PartnerDirectory[], place: PolicyPlace): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: partnerStatements(directories, place) });
}

/**
 * What a partner's session may do, whatever its role may: the role of partners that are added at run time is shared.
 *
 * Throws for a record that nobody checked.
 */
export function sessionPolicy({ directories }: { readonly directories: readonly PartnerDirectory[] }): string {
  const place = tryPlaceOf(directories);
  if (!place) throw new Error('the record names no key of a bucket');
  const policy = writeSessionPolicy(directories, place);
  if (policy.length > MAX_SESSION_POLICY) throw new Error(`the session policy has ${policy.length} characters; ${MAX_SESSION_POLICY} are the most`);
  return policy;
}
