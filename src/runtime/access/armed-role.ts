import {
  DeleteRolePolicyCommand, GetRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand, PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Grant } from './arming';
import { unless } from '../shared/error-name';

/** Name of the inline policy that is there while access is armed. */
export const ARMED_POLICY = 'BreakGlass';

/** What somebody else gave the role, or took from it. */
export type Tampering = 'inline-policy' | 'attached-policy' | 'lost-policy';

/** What became of the role's rights. */
export interface Settled {
  readonly did: 'granted' | 'removed' | 'nothing';
  readonly tampering: readonly Tampering[];
}

/**
 * The policy of a grant: everything that the role's boundary leaves, to one person and up to one moment. IAM itself compares that with the time of
 * each request, so that access ends also if nothing here ever runs again.
 *
 * The name of the session, which `aws:userid` ends with, has to be the person's, too (AWS IAM User Guide, "IAM policy elements: Variables and tags":
 * principal key values). An armer is known by the name of the session alone: whoever has two names with an identity provider, one as the one and one as
 * the other, could else arm their own access.
 */
export function armedPolicy({ for: beneficiary, until }: Grant): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{
      Sid: 'ArmedForOne',
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:SourceIdentity': beneficiary },
        StringLike: { 'aws:userid': `*:${beneficiary}` },
        DateLessThan: { 'aws:CurrentTime': until },
      },
    }],
  });
}

/** The role that has no rights but those that are armed. */
export class ArmedRole {
  /** `ownPolicies` are the inline policies that the role was deployed with, which only deny. */
  constructor(private readonly client: Pick<IAMClient, 'send'>, private readonly roleName: string, private readonly ownPolicies: readonly string[]) {}

  /** Brings the role's rights to what is granted, whatever they were. */
  public async settle(grant: Grant | undefined): Promise<Settled> {
    const inline = await this.inlinePolicies();
    const did = await this.bring(inline.includes(ARMED_POLICY), grant);
    const foreign = inline.filter((name) => name !== ARMED_POLICY && !this.ownPolicies.includes(name));
    for (const name of foreign) await this.delete(name);
    const { AttachedPolicies = [] } = await this.client.send(new ListAttachedRolePoliciesCommand({ RoleName: this.roleName }));
    const found: ReadonlyArray<readonly [Tampering, boolean]> = [
      ['inline-policy', foreign.length > 0],
      ['attached-policy', AttachedPolicies.length > 0],
      ['lost-policy', !this.ownPolicies.every((name) => inline.includes(name))],
    ];
    return { did, tampering: found.filter(([, isSo]) => isSo).map(([name]) => name) };
  }

  private async bring(isThere: boolean, grant: Grant | undefined): Promise<Settled['did']> {
    if (!grant) {
      if (isThere) await this.delete(ARMED_POLICY);
      return isThere ? 'removed' : 'nothing';
    }
    const policy = armedPolicy(grant);
    if (isThere && await this.tryRead() === policy) return 'nothing';
    await this.client.send(new PutRolePolicyCommand({ RoleName: this.roleName, PolicyName: ARMED_POLICY, PolicyDocument: policy }));
    return 'granted';
  }

  private async inlinePolicies(): Promise<readonly string[]> {
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await this.client.send(new ListRolePoliciesCommand({ RoleName: this.roleName, Marker }));
      names.push(...(page.PolicyNames ?? []));
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker !== undefined);
    return names;
  }

  private async tryRead(): Promise<string | undefined> {
    const found = await unless('NoSuchEntityException', this.client.send(new GetRolePolicyCommand({ RoleName: this.roleName, PolicyName: ARMED_POLICY })));
    // Percent-encoded (AWS IAM API Reference, "GetRolePolicy").
    return found?.PolicyDocument === undefined ? undefined : decodeURIComponent(found.PolicyDocument);
  }

  /** Another run may have been quicker. */
  private async delete(name: string): Promise<void> {
    await unless('NoSuchEntityException', this.client.send(new DeleteRolePolicyCommand({ RoleName: this.roleName, PolicyName: name })));
  }
}
