import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { audit } from '../../src';
import { identityActions, identityStatements } from '../storage/templates';

const ENV = { account: '111122223333', region: 'eu-central-1' };

describe('fromTrailAttributes', () => {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const bucket = s3.Bucket.fromBucketName(stack, 'Archive', 'archive');
  const trailArn = 'arn:aws:cloudtrail:eu-central-1:444455556666:trail/organization';

  test('names what reviews and detections need, and deploys nothing', () => {
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Events', 'events');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab');
    const trail = audit.AuditTrail.fromTrailAttributes(stack, 'Trail', {
      trailArn, bucket, logGroup, encryptionKey, organizationId: 'o-exampleorgid', keyPrefix: 'security/logs',
    });

    expect(trail).toMatchObject({ trailArn, bucket, logGroup, encryptionKey, organizationId: 'o-exampleorgid' });
    expect(trail.objectPrefix).toBe('security/logs/AWSLogs/o-exampleorgid/');
    expect(Template.fromStack(stack).toJSON()).not.toHaveProperty('Resources');
  });

  test('lets a role read its files, and decrypt them through Amazon S3 where the key is known', () => {
    const readers = (encryptionKeyArn?: string) => {
      const home = new Stack(new App(), 'Readers', { env: ENV });
      const role = new iam.Role(home, 'Reviewer', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      audit.AuditTrail.fromTrailAttributes(home, 'Trail', {
        trailArn,
        bucket: s3.Bucket.fromBucketName(home, 'Archive', 'archive'),
        encryptionKey: encryptionKeyArn === undefined ? undefined : kms.Key.fromKeyArn(home, 'Key', encryptionKeyArn),
      }).grantRead(role).assertSuccess();
      return home;
    };

    const plain = readers();
    expect(identityActions(plain)).toEqual(['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket']);
    expect(identityStatements(plain)[0]).toMatchObject({ Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'AWSLogs/*' } } });
    expect(identityStatements(readers('arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'))).toContainEqual(
      expect.objectContaining({ Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } } }));
  });

  test('fails when a log group is asked for that is not given', () => {
    const trail = audit.AuditTrail.fromTrailAttributes(stack, 'Filed', { trailArn, bucket });
    expect(() => trail.logGroup).toThrow(
      "[Stack/Filed] 'logGroup' must be given for what is asked of this trail, got nothing; name the log group that the trail delivers to");
  });

  test.each<[string, Partial<audit.AuditTrailAttributes>, string]>([
    ['a name', { trailArn: 'organization' },
      "'trailArn' must be the ARN of a trail, got 'organization'; write for example 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization'"],
    ['an organization by its name', { organizationId: 'example' }, "'organizationId' must be the id of an organization, got 'example'; write for example 'o-exampleorgid'"],
    ['a prefix with a slash at its end', { keyPrefix: 'logs/' }, "'keyPrefix' must be neither empty nor bounded by slashes, got 'logs/'; write for example 'audit'"],
  ])('refuses %s', (what, attributes, message) => {
    expect(() => audit.AuditTrail.fromTrailAttributes(stack, what, { trailArn, bucket, ...attributes })).toThrow(message);
  });
});
