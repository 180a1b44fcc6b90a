import { Asked, Known, pathOf, unknown } from './asked';
import { Context, Place } from './call';
import { SeenRequest } from '../../runtime-e2e/bundle';

/** Permissions as in Amazon S3 User Guide, "Required permissions for Amazon S3 API operations". */
export function askedOfS3(request: SeenRequest, operation: string): Asked[] {
  const { searchParams: query } = new URL(request.url, 'http://aws');
  const [bucket, key] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathOf(request)))!.slice(1);
  const object = `arn:aws:s3:::${bucket}/${key}`;
  const tls: Context = { 's3:TlsVersion': '1.3' };
  const version = query.get('versionId');
  // Each of these headers needs one more permission.
  const more = Object.keys(request.headers).filter((header) => /^x-amz-(acl|copy-source|grant-|object-lock-|tagging)/.test(header) && !isOfCopy(request, header));
  if (more.length > 0) throw unknown('s3', `${operation} with ${more.join(', ')}`);
  if (key === '' && operation === 'HeadObject') throw unknown('s3', `${operation} without a key`);
  switch (operation) {
    case 'GetObject':
    case 'HeadObject':
      return [version === null ? ['s3:GetObject', object, tls] : ['s3:GetObjectVersion', object, { ...tls, 's3:VersionId': version }]];
    case 'PutObject': return [['s3:PutObject', object, { ...tls, ...conditionOf(request) }]];
    case 'CreateMultipartUpload':
    case 'CompleteMultipartUpload': return [['s3:PutObject', object, tls]];
    case 'CopyObject':
    case 'UploadPartCopy': return [sourceOf(request, tls), ['s3:PutObject', object, tls]];
    case 'ListParts': return [['s3:ListMultipartUploadParts', object, tls]];
    case 'AbortMultipartUpload': return [['s3:AbortMultipartUpload', object, tls]];
    case 'DeleteObject':
      return [version === null ? ['s3:DeleteObject', object, tls] : ['s3:DeleteObjectVersion', object, { ...tls, 's3:VersionId': version }]];
    case 'ListObjectsV2': return [['s3:ListBucket', `arn:aws:s3:::${bucket}`, { ...tls, 's3:prefix': query.get('prefix') ?? '' }]];
    default: throw unknown('s3', operation);
  }
}

/** Headers of a copy that ask for its source alone; tags that are replaced by none ask for nothing (Amazon S3 API Reference, "CopyObject", Permissions). */
function isOfCopy({ headers }: SeenRequest, header: string): boolean {
  return header.startsWith('x-amz-copy-source') || (header === 'x-amz-tagging-directive' && headers[header] === 'REPLACE');
}

/** What a conditional write says (Amazon S3 User Guide, "Enforce conditional writes on Amazon S3 buckets"). */
function conditionOf({ headers: { 'if-none-match': condition } }: SeenRequest): Context {
  return condition === undefined ? {} : { 's3:if-none-match': condition };
}

/** Reading what is copied; a version, since no handler copies whatever is there. */
function sourceOf({ headers }: SeenRequest, tls: Context): Asked {
  const [, source, version] = /^([^?]+)\?versionId=(.+)$/.exec(String(headers['x-amz-copy-source'])) ?? [];
  if (source === undefined) throw unknown('s3', 'a copy of no certain version');
  return ['s3:GetObjectVersion', `arn:aws:s3:::${decodeURIComponent(source)}`, { ...tls, 's3:VersionId': decodeURIComponent(version) }];
}

/** Service Authorization Reference, "Amazon S3": the block of public access of an account, which is no resource. */
export function askedOfS3Control(request: SeenRequest): Asked[] {
  if (!/^\/v20180820\/configuration\/publicAccessBlock$/.test(pathOf(request))) throw unknown('s3-control', pathOf(request));
  return [[`s3:${request.method === 'PUT' ? 'Put' : 'Get'}AccountPublicAccessBlock`, '*']];
}

/** Service Authorization Reference, "Amazon Inspector2". Who enables it first makes its service-linked role. */
export function askedOfInspector(request: SeenRequest, { account }: Place): Asked[] {
  switch (pathOf(request)) {
    case '/status/batch/get': return [['inspector2:BatchGetAccountStatus', '*']];
    case '/enable': return [
      ['inspector2:Enable', '*'],
      ['iam:CreateServiceLinkedRole', `arn:aws:iam::${account}:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2`,
        { 'iam:AWSServiceName': 'inspector2.amazonaws.com' }],
    ];
    default: throw unknown('inspector2', pathOf(request));
  }
}

/** The methods of HTTP are the actions (API Gateway Developer Guide, "Control access for managing an API"). */
export function askedOfApiGateway(request: SeenRequest, { region }: Place, { tagsOf }: Known): Asked[] {
  const path = pathOf(request);
  const arn = (resource: string) => `arn:aws:apigateway:${region}::${resource}`;
  const action = `apigateway:${request.method}`;
  const { tags = {} } = (request.body === '' ? {} : JSON.parse(request.body)) as { tags?: Record<string, string> };
  const requested = tagContext('RequestTag', tags);
  if (Object.keys(tags).length === 0) return [[action, arn(path), tagContext('ResourceTag', tagsOf(arn(path)))]];
  // Who makes something with tags needs the right to tag it, before it has a name.
  return [[action, arn(path), requested], ['apigateway:PUT', arn(`/tags/${encodeURIComponent(arn(`${path}/made`))}`), requested]];
}

function tagContext(of: 'RequestTag' | 'ResourceTag', tags: Readonly<Record<string, string>>): Context {
  const names = Object.keys(tags);
  return {
    ...Object.fromEntries(names.map((name) => [`aws:${of}/${name}`, tags[name]])),
    ...(of === 'RequestTag' && names.length > 0 && { 'aws:TagKeys': names }),
  };
}

/** AWS Lambda API Reference, "Invoke": `POST /2015-03-31/functions/<name or ARN>/invocations`. */
export function askedOfLambda(request: SeenRequest, { account, region }: Place): Asked[] {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(decodeURIComponent(pathOf(request))) ?? [];
  if (name === undefined || request.method !== 'POST') throw unknown('lambda', `${request.method} ${pathOf(request)}`);
  return [['lambda:InvokeFunction', name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`]];
}
