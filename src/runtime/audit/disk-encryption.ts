import {
  EC2Client, EnableEbsEncryptionByDefaultCommand, GetEbsDefaultKmsKeyIdCommand, GetEbsEncryptionByDefaultCommand, ModifyEbsDefaultKmsKeyIdCommand,
} from '@aws-sdk/client-ec2';
import type { AccountDefault } from './account-default';

/**
 * Encrypts each volume that is made from now on in this Region (Amazon EBS User Guide, "Enable Amazon EBS encryption by default").
 *
 * Volumes that there are stay as they are.
 */
export class DiskEncryption implements AccountDefault {
  public readonly name = 'disk-encryption';

  /** @param keyArn key that volumes get whose maker names none; without it, whatever key is set stays */
  constructor(private readonly ec2: Pick<EC2Client, 'send'>, private readonly keyArn?: string) {}

  public async isOn(): Promise<boolean> {
    const { EbsEncryptionByDefault: isEncrypted } = await this.ec2.send(new GetEbsEncryptionByDefaultCommand({}));
    return isEncrypted === true && await this.hasKey();
  }

  /** The key first: with encryption alone, volumes of the meantime would get another key than they should. */
  public async turnOn(): Promise<void> {
    if (!await this.hasKey()) await this.ec2.send(new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: this.keyArn }));
    await this.ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
  }

  private async hasKey(): Promise<boolean> {
    if (this.keyArn === undefined) return true;
    const { KmsKeyId: current } = await this.ec2.send(new GetEbsDefaultKmsKeyIdCommand({}));
    return current === this.keyArn;
  }
}
