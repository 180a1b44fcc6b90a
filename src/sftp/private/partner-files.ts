import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { PartnerDirectory } from '../../formats/partner-directories';
import { partnerStatements } from '../../formats/partner-statements';
import { ConfigurationError } from '../../private';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { LandingBucket } from '../../storage';
import { PartnerAccess } from '../partner-access';
import { AccessedDirectory } from './accessed-directory';
import { UsersContext } from './bound-users';

/** What S3 does with the key in the name of who reads or writes an object (Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys"). */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Where the files of a server's partners are, and the roles by which AWS Transfer Family reaches them. */
export class PartnerFiles {
  /** Path of the roles of this server's partners, and of no others. */
  private readonly path: string;
  private readonly stack: Stack;
  private readonly opened = new Set<string>();

  constructor(private readonly context: UsersContext) {
    this.stack = Stack.of(context.scope);
    this.path = `/sftp/${context.scope.node.addr}/`;
  }

  /** What the ARNs of all these roles begin with. */
  public get rolePrefix(): string {
    return `arn:${this.stack.partition}:iam::${this.stack.account}:role${this.path}`;
  }

  /** Where partners upload to. */
  public get incoming(): LandingBucket {
    return this.context.incoming;
  }

  /** The directories that a kind of access means for who has a prefix. */
  public directories(scope: Construct, access: PartnerAccess, prefix: string): PartnerDirectory[] {
    return access._directories.map((directory) => {
      const { bucket, encryptionKey } = this.bucketOf(scope, directory);
      return { entry: directory.entry, bucket: bucket.bucketName, prefix, keyArn: encryptionKey.keyArn, actions: directory.actions };
    });
  }

  /**
   * A role that AWS Transfer Family takes on for users of one server (AWS Transfer Family User Guide, "Cross-service confused deputy prevention"),
   * and that reaches some directories.
   */
  public role(scope: Construct, id: string, serverId: string, description: string, directories: readonly PartnerDirectory[]): iam.Role {
    const { partition, region, account } = this.stack;
    const statements = partnerStatements(directories, { partition, region });
    const role = new iam.Role(scope, id, {
      description,
      path: this.path,
      assumedBy: new iam.ServicePrincipal('transfer.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:transfer:${region}:${account}:user/${serverId}/*` },
        },
      }),
      // With the role and not beside it: it is one resource for each partner, of the 500 that a stack has.
      inlinePolicies: { Files: new iam.PolicyDocument({ statements: statements.map((json) => iam.PolicyStatement.fromJson(json)) }) },
    });
    this.openKeys();

    acknowledgeInPacks(role, 'IAMNoInlinePolicy', 'the policy says where the files of one partner are, and means nothing to another role');
    for (const resource of new Set(statements.flatMap((statement) => statement.Resource).filter((arn) => arn.includes('*')))) {
      acknowledgeInPacks(role, 'IAMNoWildcardPermissions', 'a partner has its own prefix, and names the files below it itself',
        `Resource::${spelledInPacks(this.stack, resource)}`);
    }
    return role;
  }

  /**
   * Lets the roles use the keys through S3, as far as IAM lets them. By a pattern: a role refers to the server, which needs the key before it is
   * there, so that a key policy that named the role would close a cycle.
   */
  private openKeys(): void {
    const { account, region } = this.stack;
    for (const { encryptionKey } of [this.context.incoming, ...this.context.outgoing ? [this.context.outgoing] : []]) {
      if (this.opened.has(encryptionKey.node.path)) continue;
      this.opened.add(encryptionKey.node.path);
      encryptionKey.grant(new iam.AccountRootPrincipal().withConditions({
        ArnLike: { 'aws:PrincipalArn': `${this.rolePrefix}*` },
        StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `s3.${region}.amazonaws.com` },
      }), ...KEY_ACTIONS);
    }
  }

  private bucketOf(scope: Construct, { side }: AccessedDirectory): LandingBucket {
    if (side === 'incoming') return this.context.incoming;
    if (this.context.outgoing) return this.context.outgoing;
    throw new ConfigurationError(scope,
      "'access' must be PartnerAccess.upload() or PartnerAccess.manage(), got one that fetches files; give the server an 'outgoing' bucket to fetch them from");
  }
}

/** Directories as long as any that a deployment may make of them, for checks that want them whole. */
export function longest(directories: readonly PartnerDirectory[]): PartnerDirectory[] {
  const buckets = [...new Set(directories.map(({ bucket }) => bucket))];
  return directories.map((directory) => ({
    ...directory,
    // Names of buckets have 63 characters at most (Amazon S3 User Guide, "General purpose bucket naming rules").
    bucket: Token.isUnresolved(directory.bucket) ? String(buckets.indexOf(directory.bucket)).repeat(63) : directory.bucket,
    keyArn: 'arn:aws-us-gov:kms:ap-northeast-1:111111111111:key/mrk-00000000000000000000000000000000',
  }));
}
