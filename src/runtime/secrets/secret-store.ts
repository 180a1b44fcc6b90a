import {
  DescribeSecretCommand, GetSecretValueCommand, ListSecretVersionIdsCommand, PutSecretValueCommand, SecretsManagerClient, SecretVersionsListEntry,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { AWSCURRENT, AWSPENDING, SecretState } from './secret-state';
import { unless } from '../shared/error-name';

/** One secret in Secrets Manager. */
export class SecretStore {
  constructor(private readonly client: Pick<SecretsManagerClient, 'send'>, private readonly secretArn: string) {}

  /** Labels are read before dates, so a version that gets a label meanwhile has no date, and not the other way round. */
  public async state(): Promise<SecretState> {
    const secret = await this.client.send(new DescribeSecretCommand({ SecretId: this.secretArn }));
    const versions = await this.versions();
    return new SecretState({
      rotationEnabled: secret.RotationEnabled === true,
      lastRotatedAt: secret.LastRotatedDate?.getTime(),
      changedAt: secret.LastChangedDate?.getTime() ?? Infinity,
      stages: new Map(Object.entries(secret.VersionIdsToStages ?? {})),
      createdAt: new Map(versions.flatMap(({ VersionId, CreatedDate }) => VersionId && CreatedDate ? [[VersionId, CreatedDate.getTime()]] : [])),
    });
  }

  /**
   * What a version holds; undefined for one that rotation has announced and that is empty.
   *
   * Always by version: a label may be on another version by the time that the answer is made.
   */
  public async tryContentOf(version: string): Promise<string | undefined> {
    const read = this.client.send(new GetSecretValueCommand({ SecretId: this.secretArn, VersionId: version }));
    return (await unless('ResourceNotFoundException', read))?.SecretString;
  }

  /**
   * Stores the content of a pending version, which from then on cannot change: Secrets Manager answers other content for the same version
   * with `ResourceExistsException` (API Reference, "PutSecretValue", ClientRequestToken). Whoever was first has won.
   */
  public async storePending(version: string, content: string, rotationToken?: string): Promise<void> {
    await unless('ResourceExistsException', this.client.send(new PutSecretValueCommand({
      SecretId: this.secretArn, ClientRequestToken: version, SecretString: content, VersionStages: [AWSPENDING], RotationToken: rotationToken,
    })));
  }

  /** Makes a version current, unless another one than `instead` is; Secrets Manager labels that one the previous. */
  public async makeCurrent(version: string, instead: string | undefined): Promise<void> {
    await this.client.send(new UpdateSecretVersionStageCommand({
      SecretId: this.secretArn, VersionStage: AWSCURRENT, MoveToVersionId: version, RemoveFromVersionId: instead,
    }));
  }

  /** Puts a label on a version, off the version that has it; fails if that is no longer `from`. Whoever was first has won. */
  public async moveStage(stage: string, version: string, from: string | undefined): Promise<void> {
    await this.client.send(new UpdateSecretVersionStageCommand({
      SecretId: this.secretArn, VersionStage: stage, MoveToVersionId: version, RemoveFromVersionId: from,
    }));
  }

  /** Takes a label off a version; fails if the label is on another one by now. */
  public async removeStage(stage: string, version: string): Promise<void> {
    await this.client.send(new UpdateSecretVersionStageCommand({ SecretId: this.secretArn, VersionStage: stage, RemoveFromVersionId: version }));
  }

  private async versions(): Promise<readonly SecretVersionsListEntry[]> {
    const found: SecretVersionsListEntry[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(new ListSecretVersionIdsCommand({ SecretId: this.secretArn, NextToken }));
      found.push(...page.Versions ?? []);
      ({ NextToken } = page);
    } while (NextToken);
    return found;
  }
}
