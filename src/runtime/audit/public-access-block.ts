import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import type { AccountDefault } from './account-default';
import { unless } from '../shared/error-name';

/** All four, of which each closes another way to the public (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage"). */
const BLOCK_ALL = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

/** Keeps every bucket of the account, in every Region, from the public, whatever its own settings are. */
export class PublicAccessBlock implements AccountDefault {
  public readonly name = 'public-access-block';

  constructor(private readonly s3: Pick<S3ControlClient, 'send'>, private readonly accountId: string) {}

  public async isOn(): Promise<boolean> {
    const answer = await unless('NoSuchPublicAccessBlockConfiguration', this.s3.send(new GetPublicAccessBlockCommand({ AccountId: this.accountId })));
    const { PublicAccessBlockConfiguration: { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } = {} } = answer ?? {};
    return [BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets].every((isBlocked) => isBlocked === true);
  }

  public async turnOn(): Promise<void> {
    await this.s3.send(new PutPublicAccessBlockCommand({ AccountId: this.accountId, PublicAccessBlockConfiguration: BLOCK_ALL }));
  }
}
