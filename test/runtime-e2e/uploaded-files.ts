import { Answer, RunningBundle, SeenRequest } from './bundle';

/** Stands in for S3, where every version is the same, and for the table of files. */
export function filesCloud({ method }: SeenRequest): Answer {
  if (method === 'GET') return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: 'sku,quantity\n' };
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{}' };
}

/** Everything that the function does: a file, the same once more, and one that is too large. */
export async function exerciseUploadedFiles(bundle: RunningBundle, bucket: string): Promise<unknown> {
  const file = { id: 'f1', partner: 'acme', bucket, key: 'partners/acme/incoming/orders.csv', versionId: 'v1', bytes: 13 };
  const files = [file, file, { ...file, id: 'f2', bytes: 100 * 1024 * 1024 }];
  return bundle.invoke({ Records: files.map((each, index) => ({ messageId: `m${index + 1}`, body: JSON.stringify(each) })) });
}
