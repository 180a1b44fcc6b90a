import { createHash } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Delivery } from './delivery';
import { membersIn } from '../shared/json-text';

/** A request that was answered with 200 before anybody could tell whether it is genuine. */
export interface Unverified {
  readonly delivery: Delivery;
  /** Milliseconds since the Unix epoch: the clock that it is judged by later. */
  readonly receivedAt: number;
}

/** What keys of such objects begin with, which no receiver may be called: those of bodies begin with the name of one. */
export const UNVERIFIED = 'unverified';

/** Where the requests to an endpoint are; keys sort by when they were received. */
export function unverifiedPrefix(endpoint: string): string {
  return `${UNVERIFIED}/${endpoint}/`;
}

/** The bucket of requests that nobody has judged yet, and a receiver's part of it. */
export class UnverifiedBucket {
  constructor(private readonly client: Pick<S3Client, 'send'>, private readonly bucket: string, private readonly endpoint: string) {}

  /** Stores a request as it came, with all of its headers: a signature, or a password, may be among them. */
  public async keep(unverified: Unverified): Promise<void> {
    const document = Buffer.from(textOf(unverified));
    const hash = createHash('sha256').update(document);
    await this.client.send(new PutObjectCommand({
      Bucket: this.bucket,
      Key: `${unverifiedPrefix(this.endpoint)}${String(unverified.receivedAt).padStart(14, '0')}-${hash.copy().digest('hex')}`,
      Body: document,
      ContentType: 'application/json',
      ChecksumSHA256: hash.digest('base64'),
    }));
  }
}

function textOf({ delivery: { method, url, headers, body }, receivedAt }: Unverified): string {
  return JSON.stringify({ receivedAt, method, url, headers, bodyBase64: body.toString('base64') });
}

/** Reads what `keep` wrote; throws for anything else, and quotes none of it. */
export function readUnverified(text: string): Unverified {
  const { receivedAt, method, url, headers, bodyBase64 } = membersIn(text);
  const isWhole = typeof receivedAt === 'number' && [method, url, bodyBase64].every((member) => typeof member === 'string') && Array.isArray(headers);
  if (!isWhole) throw new Error('the object is no request');
  return {
    delivery: {
      method: method as string,
      url: url as string,
      headers: headers as Delivery['headers'],
      body: Buffer.from(bodyBase64 as string, 'base64'),
    },
    receivedAt,
  };
}
