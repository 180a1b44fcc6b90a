import * as iam from 'aws-cdk-lib/aws-iam';
import { LandingBucket } from '../../storage';

const SCAN_TAG = 'GuardDutyMalwareScanStatus';

/** Who may do what others may not in a bucket of uploads. */
export interface IncomingRoles {
  /** GuardDuty's, which reads what is not scanned yet, and alone tags. */
  readonly scanner: iam.IRole;
  /** Those of the functions that copy a version once its scan was told, which may be before it is tagged. */
  readonly releasers: readonly iam.IRole[];
}

/**
 * Denies reading what was not found clean, and tagging, to everybody else (Amazon GuardDuty User Guide, "Using tag-based access control (TBAC) with
 * Malware Protection for S3").
 *
 * AWS Transfer Family looks at the empty objects that stand for directories when it lists one, so that those are spared: their keys end in a slash,
 * which no file of an SFTP client does. No tag at all may be set: whoever replaces the tags of an object takes the scan's away.
 */
export function guardIncoming({ bucket }: LandingBucket, { scanner, releasers }: IncomingRoles): void {
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'OnlyCleanMayBeRead',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    notResources: [bucket.arnForObjects('*/')],
    conditions: {
      StringNotEquals: { [`s3:ExistingObjectTag/${SCAN_TAG}`]: 'NO_THREATS_FOUND' },
      ArnNotEquals: { 'aws:PrincipalArn': [scanner, ...releasers].map(({ roleArn }) => roleArn) },
    },
  }));
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'OnlyTheScannerMayTag',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'],
    resources: [bucket.arnForObjects('*')],
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': scanner.roleArn } },
  }));
}
