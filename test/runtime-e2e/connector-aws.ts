import { Answer, SeenRequest } from './bundle';
import { CloudError, ConnectorCloud } from '../runtime/sftp/connector-cloud';

/** Lets the cloud of a connector answer over HTTP, as AWS does. */
export function overHttp(cloud: ConnectorCloud): (request: Pick<SeenRequest, 'headers' | 'body' | 'url'>) => Answer {
  return (request) => {
    const target = request.headers['x-amz-target'];
    try {
      return typeof target === 'string' ? json(cloud.call(target.split('.')[1], JSON.parse(request.body) as object)) : s3(cloud, request.url);
    } catch (error) {
      const { name, message, $metadata } = error as CloudError;
      const status = $metadata?.httpStatusCode ?? 500;
      return typeof target === 'string' ? { ...json({ __type: name, message }), status } : { status, body: `<Error><Code>${name}</Code></Error>` };
    }
  };
}

/** Times are seconds on the wire (AWS JSON 1.1 protocol). */
function json(answer: object): Answer {
  const body = JSON.stringify(answer, function (this: Record<string, unknown>, name, value: unknown) {
    const given = this[name];
    return given instanceof Date ? given.getTime() / 1000 : value;
  });
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
}

interface Listed {
  readonly Contents: ReadonlyArray<{ readonly Key: string; readonly ETag: string; readonly LastModified: Date }>;
  readonly NextContinuationToken?: string;
}

function s3(cloud: ConnectorCloud, url: string): Answer {
  const { pathname, searchParams: query } = new URL(url, 'http://aws');
  const [, Bucket, Key] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathname))!;
  if (query.get('list-type') !== '2') {
    cloud.call('GetObject', { Bucket, Key });
    const body = cloud.written.get(`${Bucket}/${Key}`)!;
    return { status: 200, headers: { 'content-length': String(Buffer.byteLength(body)) }, body };
  }
  const asked = { Bucket, Prefix: query.get('prefix'), Delimiter: query.get('delimiter'), ContinuationToken: query.get('continuation-token') ?? undefined };
  const { Contents, NextContinuationToken: next } = cloud.call('ListObjectsV2', asked) as unknown as Listed;
  const found = Contents.map((each) => `<Contents><Key>${each.Key}</Key><LastModified>${each.LastModified.toISOString()}</LastModified>`
    + `<ETag>${each.ETag.replace(/"/g, '&quot;')}</ETag></Contents>`);
  const more = next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`;
  return { status: 200, body: `<ListBucketResult>${found.join('')}${more}</ListBucketResult>` };
}
