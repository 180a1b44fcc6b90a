import { ACCOUNT, REGION } from './partners';
import type { PartnerDirectory } from '../../../src/formats/partner-directories';
import { Call, Context } from '../iam/call';

const arn = ({ bucket }: PartnerDirectory, key = '') => `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`;

function call(action: string, resource: string, context: Context = {}): Call {
  return { action, resource, context: { ...context, ...action.startsWith('kms:') && { 'kms:CallerAccount': ACCOUNT } }, because: 'a partner asks' };
}

function listing(directory: PartnerDirectory, prefix: string): Call {
  return call('s3:ListBucket', arn(directory), { 's3:prefix': prefix });
}

/** What S3 asks of KMS for an object: in its name, or in that of the bucket where S3 Bucket Keys are on. */
function keyUse(action: string, directory: PartnerDirectory, context: string): Call {
  return call(action, directory.keyArn, { 'kms:ViaService': `s3.${REGION}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': context });
}

/** What a directory is for, by its actions: all of it has to be allowed. */
export function own(directory: PartnerDirectory): Call[] {
  const { prefix, actions } = directory;
  const file = arn(directory, `${prefix}/in/file.csv`);
  return [
    ...(actions.includes('list') ? [
      listing(directory, `${prefix}/`), listing(directory, `${prefix}/in/`),
      call('s3:GetObject', arn(directory, `${prefix}/in/`)), keyUse('kms:Decrypt', directory, arn(directory)),
    ] : []),
    ...(actions.includes('read') ? [call('s3:GetObject', file), keyUse('kms:Decrypt', directory, file)] : []),
    ...(actions.includes('write') ? [
      call('s3:PutObject', file), call('s3:PutObject', arn(directory, `${prefix}/in/`)), call('s3:AbortMultipartUpload', file),
      keyUse('kms:GenerateDataKey', directory, file), keyUse('kms:GenerateDataKey', directory, arn(directory)),
    ] : []),
    ...(actions.includes('delete') ? [call('s3:DeleteObject', file)] : []),
  ];
}

/** What would read, write, list or decrypt something of a directory of another: none of it may be allowed. */
export function foreign(directory: PartnerDirectory): Call[] {
  const { prefix } = directory;
  const file = arn(directory, `${prefix}/file.csv`);
  return [
    call('s3:GetObject', file), call('s3:PutObject', file), call('s3:DeleteObject', file), call('s3:AbortMultipartUpload', file),
    call('s3:GetObject', arn(directory, `${prefix}/`)), call('s3:GetObject', arn(directory, `${prefix}/in/`)),
    call('s3:GetObject', arn(directory, prefix)),
    // What begins so is listed: the other's own prefix with and without slash, and what it has in common with its siblings.
    ...[`${prefix}/`, `${prefix}/in/`, prefix, prefix.slice(0, -1)].map((each) => listing(directory, each)),
    // The key of another's files, which may be one's own key, in the name of any of these files, of a folder or of the prefix.
    ...['kms:Decrypt', 'kms:GenerateDataKey'].flatMap((action) => [file, arn(directory, `${prefix}/`), arn(directory, prefix)].map((name) => keyUse(action, directory, name))),
  ];
}

/** What of a partner's own directory is never its: versions, access lists, tags, the bucket, its key without S3. */
export function beyond(directory: PartnerDirectory): Call[] {
  const { prefix } = directory;
  const file = arn(directory, `${prefix}/file.csv`);
  return [
    ...['s3:DeleteObjectVersion', 's3:PutObjectAcl', 's3:PutObjectTagging', 's3:DeleteObjectTagging', 's3:GetObjectVersion'].map((action) => call(action, file)),
    listing(directory, ''), listing(directory, prefix), call('s3:ListBucketVersions', arn(directory), { 's3:prefix': `${prefix}/` }),
    // The key in the name of what is no file of a partner, for another service, and for what no partner does.
    ...['kms:Decrypt', 'kms:GenerateDataKey'].flatMap((action) => [
      ...[arn({ ...directory, bucket: 'another' }), `${arn(directory)}2`, `${arn(directory)}2/${prefix}/file.csv`].map((name) => keyUse(action, directory, name)),
      call(action, directory.keyArn, { 'kms:ViaService': `s3.${REGION}.amazonaws.com` }),
      call(action, directory.keyArn, { 'kms:ViaService': `dynamodb.${REGION}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': file }),
    ]),
    ...['kms:ReEncryptFrom', 'kms:CreateGrant'].map((action) => keyUse(action, directory, file)),
    call('kms:Decrypt', directory.keyArn), call('kms:Decrypt', directory.keyArn, { 'kms:EncryptionContext:aws:s3:arn': file }),
  ];
}
