import { Answer, SeenRequest } from './bundle';
import type { DigestCloud } from '../runtime/audit/digest-cloud';

const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

/** What a client of a service does with a fault of it: the SDK tries one of its own again, and gives up at once on one of the request. */
const STATUS: Readonly<Record<string, number>> = { PreconditionFailed: 412, NoSuchKey: 404, InternalServerError: 500 };

/** Lets the cloud of a review answer over HTTP, as AWS does. */
export function reviewCloud(cloud: DigestCloud): (request: SeenRequest) => Answer {
  return (request) => {
    const target = request.headers['x-amz-target'];
    try {
      return typeof target === 'string' ? json(cloud.call(target.split('.')[1], JSON.parse(request.body) as Record<string, unknown>)) : s3(cloud, request);
    } catch (error) {
      const { name, details } = error as Error & { readonly details?: object };
      const status = STATUS[name] ?? 400;
      if (typeof target !== 'string') return { status, body: `<Error><Code>${name}</Code><Message>CANARY</Message></Error>` };
      return { status, headers: JSON_1_1, body: JSON.stringify({ __type: name, message: 'CANARY', ...details }) };
    }
  };
}

/** Times are seconds on the wire (AWS JSON 1.1 protocol). */
function json(answer: object): Answer {
  const body = JSON.stringify(answer, function (this: Record<string, unknown>, name, value: unknown) {
    const given = this[name];
    return given instanceof Date ? given.getTime() / 1000 : value;
  });
  return { status: 200, headers: JSON_1_1, body };
}

function s3(cloud: DigestCloud, { method, url, headers, body }: SeenRequest): Answer {
  const { pathname, searchParams: query } = new URL(url, 'http://aws');
  const [, Bucket, Key] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathname))!;
  if (query.get('list-type') === '2') {
    const { Contents, NextContinuationToken: next } = cloud.call('ListObjectsV2', {
      Bucket, Prefix: query.get('prefix'), ContinuationToken: query.get('continuation-token') ?? undefined,
    }) as { Contents: ReadonlyArray<{ Key: string }>; NextContinuationToken?: string };
    const found = Contents.map((each) => `<Contents><Key>${each.Key}</Key></Contents>`).join('');
    return { status: 200, body: `<ListBucketResult>${found}${next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>` };
  }
  if (method === 'GET') {
    cloud.call('GetObject', { Bucket, Key });
    const { body: bytes, type } = cloud.objects.get(Key)!;
    return { status: 200, headers: { 'content-type': type }, body: bytes.toString() };
  }
  const [sha256, algorithm, ifNoneMatch, type] = ['x-amz-checksum-sha256', 'x-amz-sdk-checksum-algorithm', 'if-none-match', 'content-type']
    .map((name) => headers[name]);
  cloud.call('PutObject', {
    Bucket, Key, Body: Buffer.from(body), IfNoneMatch: ifNoneMatch, ChecksumAlgorithm: algorithm, ChecksumSHA256: sha256, ContentType: type,
  });
  return { status: 200 };
}
