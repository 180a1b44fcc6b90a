import { createHash } from 'node:crypto';
import { Answer, RunningBundle, SeenRequest } from './bundle';

/** A body that was too large for its event. */
export const LARGE_BODY = JSON.stringify({ pad: 'x'.repeat(70_000) });

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.0' };

/** An event as the inbox puts it into the queue, with the body or a pointer to it. */
export function receivedEvent(endpoint: string, body: string, bodyAt?: { readonly bucket: string; readonly key: string }) {
  return {
    dedupeId: sha256(`${endpoint}#${body}`),
    endpoint,
    receivedAt: '2026-11-24T08:00:00.000Z',
    integrity: 'body',
    headers: endpoint === 'github' ? { 'x-github-event': 'push' } : {},
    bodySha256: sha256(body),
    ...bodyAt ? { bodyAt } : { bodyBase64: Buffer.from(body).toString('base64') },
  };
}

/** Stands in for S3, which holds one body, and for tables; `items` are those of the table of what was consumed. */
export function noteCloud(items: Map<string, { progress: string; holder: string }> = new Map()): (request: SeenRequest) => Answer {
  return ({ method, headers, body }) => {
    if (method === 'GET') return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: LARGE_BODY };
    const { Item, Key } = JSON.parse(body) as { Item?: Record<string, { S: string }>; Key?: { id: { S: string } } };
    const operation = String(headers['x-amz-target']).split('.')[1];
    if (operation === 'DeleteItem') items.delete(Key!.id.S);
    if (operation === 'UpdateItem') items.get(Key!.id.S)!.progress = 'DONE';
    if (operation === 'PutItem' && Item!.id) {
      const { id, progress, holder } = Item as Readonly<Record<'id' | 'progress' | 'holder', { S: string }>>;
      const present = items.get(id.S);
      if (present) return refused(present.progress);
      items.set(id.S, { progress: progress.S, holder: holder.S });
    }
    return { status: 200, headers: AMZ_JSON, body: '{}' };
  };
}

/** Everything that the function does: small bodies, a large one, one twice, and one that is not what the inbox stored. */
export async function exerciseReceivedWebhooks(bundle: RunningBundle, bucket: string): Promise<unknown> {
  const small = receivedEvent('stripe', JSON.stringify({ type: 'charge.succeeded' }));
  const large = receivedEvent('github', LARGE_BODY, { bucket, key: `github/${sha256(LARGE_BODY)}` });
  const other = { ...receivedEvent('warehouse', '{}'), bodySha256: sha256('other') };
  return bundle.invoke({ Records: [small, large, small, other].map((event, index) => ({ messageId: `m${index + 1}`, body: JSON.stringify(event) })) });
}

function refused(progress: string): Answer {
  return {
    status: 400,
    headers: AMZ_JSON,
    body: JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', Item: { progress: { S: progress } } }),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
