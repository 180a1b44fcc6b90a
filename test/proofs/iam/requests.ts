import { Asked, Known, NOTHING, pathOf } from './asked';
import { Call, Place } from './call';
import { askedByJson } from './requests-json';
import { askedOfEc2, askedOfIam, askedOfSns } from './requests-query';
import { askedOfApiGateway, askedOfInspector, askedOfLambda, askedOfS3, askedOfS3Control } from './requests-rest';
import { askedOfEc2, askedOfSns } from './requests-query';
import { askedOfApiGateway, askedOfLambda, askedOfS3 } from './requests-rest';
import { SeenRequest } from '../../runtime-e2e/bundle';

/** Signature Version 4 (IAM User Guide, "Elements of an AWS API request signature"): `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
const CREDENTIAL_SCOPE = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** The AWS calls that a request makes. Throws for a request that its tables do not know, since it could be allowed by nothing. */
export function callsOf(request: SeenRequest, account: string, known: Known = NOTHING): Call[] {
  const [, region, service] = CREDENTIAL_SCOPE.exec(request.headers.authorization ?? '') ?? [];
  if (!service) throw new Error(`${request.method} ${pathOf(request)} is not signed, so it is no AWS call that the proof knows`);
  const place = { account, region };
  const asked = askedOf(service, request, place, known);
  return asked.map(([action, resource, context = {}]) => ({
    action, resource, context: { 'aws:RequestedRegion': region, 'aws:SecureTransport': 'true', ...context }, because: 'the handler',
  }));
}

function askedOf(service: string, request: SeenRequest, place: Place, known: Known): Asked[] {
  if (service === 'apigateway') return askedOfApiGateway(request, place, known);
  if (service === 'lambda') return askedOfLambda(request, place);
  if (service === 'ec2') return askedOfEc2(request);
  if (service === 'iam') return askedOfIam(request, known);
  if (service === 'inspector2') return askedOfInspector(request, place);
  if (service === 'sns') return askedOfSns(request);
  // S3 Control signs as Amazon S3 does, and its paths begin with the version of its interface.
  if (service === 's3' && pathOf(request).startsWith('/v20180820/')) return askedOfS3Control(request);
  if (service === 'sns') return askedOfSns(request);
  const operation = operationOf(request, service);
  return service === 's3' ? askedOfS3(request, operation) : askedByJson(service, operation, request, place, known);
}

function operationOf({ method, url, headers }: SeenRequest, service: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.')[1];
  const query = new URL(url, 'http://aws').searchParams;
  // The SDK names the operation, but in listings, in HEAD requests, and where an upload in parts begins and ends.
  const named = query.get('x-id');
  if (named !== null) return named;
  if (query.get('list-type') === '2') return 'ListObjectsV2';
  if (service === 's3' && method === 'HEAD') return 'HeadObject';
  if (service === 's3' && method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload';
  return service === 's3' && method === 'POST' && query.has('uploadId') ? 'CompleteMultipartUpload' : `${method} without a name`;
}
