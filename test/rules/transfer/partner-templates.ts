import { bodyOf } from '../../formats/ssh-lines';
import { Template } from '../control-case';

export type Json = Record<string, any>;

export const PARAMETER = { Ref: 'Parameter' };
export const ACCOUNT = { Ref: 'AWS::AccountId' };
export const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f';

export const resource = (type: string, Properties: Json = {}): Json => ({ Type: `AWS::${type}`, Properties });
export const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
export const sub = (text: string): Json => ({ 'Fn::Sub': text });
export const template = (Resources: Json): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources });

/** Properties over others; one that is undefined is left out. */
export const over = (properties: Json, changes: Json): Json =>
  Object.fromEntries(Object.entries({ ...properties, ...changes }).filter(([, value]) => value !== undefined));

export const OBJECTS: Json = { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: sub('${Bucket.Arn}/partners/acme/*') };
export const LISTING: Json = { Effect: 'Allow', Action: 's3:ListBucket', Resource: arn('Bucket'), Condition: { StringLike: { 's3:prefix': 'partners/acme/*' } } };
export const KEY_USE: Json = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY_ARN };
export const TRUST: Json = {
  Effect: 'Allow',
  Principal: { Service: 'transfer.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition: {
    StringEquals: { 'aws:SourceAccount': ACCOUNT },
    ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:transfer:${AWS::Region}:${AWS::AccountId}:user/${Server.ServerId}/*') },
  },
};

export const role = (statements: readonly Json[], trust: readonly Json[] = [TRUST], more: Json = {}): Json => resource('IAM::Role', {
  AssumeRolePolicyDocument: { Statement: trust }, Policies: [{ PolicyName: 'Files', PolicyDocument: { Statement: statements } }], ...more,
});
export const SERVER = resource('Transfer::Server', {});
export const BUCKET = resource('S3::Bucket', {
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN } }] },
});

/** A server, a bucket and the role of a partner that has a folder in it. */
export const PARTNER: Json = { Server: SERVER, Bucket: BUCKET, Role: role([OBJECTS, LISTING, KEY_USE]) };

export const USER: Json = {
  ServerId: { 'Fn::GetAtt': ['Server', 'ServerId'] },
  UserName: 'acme',
  Role: arn('Role'),
  HomeDirectoryType: 'LOGICAL',
  HomeDirectoryMappings: [{ Entry: '/', Target: sub('/${Bucket}/partners/acme') }],
  SshPublicKeys: [bodyOf('ed25519')],
};

export const user = (changes: Json = {}): Json => resource('Transfer::User', over(USER, changes));

/** That partner as a user of the template, and what else there is. */
export const withUser = (changes: Json = {}, beside: Json = {}): Template => template({ User: user(changes), ...PARTNER, ...beside });

/** A second user, of another name and place. */
export const other = (changes: Json = {}): Json => user({
  UserName: 'zeta', Role: arn('Other'), HomeDirectoryMappings: [{ Entry: '/', Target: sub('/${Bucket}/partners/zeta') }], SshPublicKeys: [bodyOf('rsa3072')], ...changes,
});
