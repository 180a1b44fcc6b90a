import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy';
import type { EndpointUrl } from './endpoint-url';

/** What came of an attempt: an answer, of which no more than this is kept, or a reason from a closed list. */
export type Outcome =
  | { readonly type: 'answered'; readonly status: number; readonly retryAfter?: string }
  | { readonly type: 'failed'; readonly reason: FailureReason };

export type FailureReason = 'address-refused' | 'name-not-found' | 'timeout' | 'tls' | 'connection';

/** What is posted. */
export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Posts to an endpoint. Whatever the endpoint does is an outcome; it never throws. */
export type Connector = (url: EndpointUrl, posted: Posted) => Promise<Outcome>;

export interface ConnectorOptions {
  /** Every address of a name, as text. Asked once for each connection, and what it answers is what is connected to. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly isAllowed: AddressPolicy;
  /** From name resolution to the last byte of the answer. */
  readonly timeoutMilliseconds: number;
  /** Certificate authority to trust instead of Node.js' own, in PEM. */
  readonly ca?: string;
}

/** What is read of an answer, so that the endpoint sees it taken; none of it is kept. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** One address after the other; each gets longer than Node.js' 250 ms, which another continent does not keep. Handed on to `net.connect`. */
const TRIES_ADDRESSES = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2000 };

/** Longer than any number of seconds or date that means something. */
const MAX_RETRY_AFTER_LENGTH = 64;

/** Codes of OpenSSL and Node.js for a certificate or a handshake that is no good. */
const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|HOSTNAME_|EPROTO)/;

/** A name led to an address that nobody may be sent to. */
class AddressRefused extends Error {}

/** A name led to no address. */
class NameNotFound extends Error {}

/**
 * Builds a connector that no name can lead into a network of our own.
 *
 * Each attempt has a connection of its own, each connection one resolution, and the addresses that were judged are the ones that are connected
 * to: there is no moment between check and use in which a name could change (DNS rebinding). One bad address among several refuses them all.
 * `node:https` follows no redirect, and reads no proxy from the environment with an agent of one's own.
 */
export function guardedConnector(options: ConnectorOptions): Connector {
  return async (url, posted) => {
    const signal = AbortSignal.timeout(options.timeoutMilliseconds);
    try {
      return await post(url, posted, options, signal);
    } catch (error) {
      return { type: 'failed', reason: signal.aborted ? 'timeout' : reasonOf(error) };
    }
  };
}

async function post({ host, port, path }: EndpointUrl, { headers, body }: Posted, options: ConnectorOptions, signal: AbortSignal): Promise<Outcome> {
  const outgoing = request({
    method: 'POST',
    host,
    port,
    path,
    headers: { ...headers, 'content-length': body.length },
    agent: false,
    lookup: checkedLookup(options),
    ...TRIES_ADDRESSES,
    servername: host,
    rejectUnauthorized: true, // whatever NODE_TLS_REJECT_UNAUTHORIZED says
    minVersion: 'TLSv1.2',
    ca: options.ca,
    signal,
  });
  outgoing.on('error', () => undefined); // also of one that comes when nobody waits any more
  const response = once(outgoing, 'response', { signal }) as Promise<[IncomingMessage]>;
  outgoing.end(body);
  try {
    const [incoming] = await response;
    await drain(incoming);
    return answerOf(incoming);
  } finally {
    outgoing.destroy();
  }
}

/** Resolves a name, judges every address, and gives `node:net` those that were judged. */
function checkedLookup({ resolve, isAllowed }: ConnectorOptions): LookupFunction {
  return (host, _options, callback) => {
    const checked = resolve(host).then((addresses) => {
      if (addresses.length === 0) throw new NameNotFound();
      if (!addresses.every(isAllowed)) throw new AddressRefused();
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    });
    checked.then((addresses) => callback(null, addresses), (error: Error) => callback(error, []));
  };
}

/** The status counts once it is there; an answer that breaks off or never ends changes nothing but the time it takes. */
async function drain(incoming: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) return;
    }
  } catch {
    return;
  }
}

function answerOf({ statusCode, headers: { 'retry-after': retryAfter } }: IncomingMessage): Outcome {
  const isShort = retryAfter !== undefined && retryAfter.length <= MAX_RETRY_AFTER_LENGTH;
  return { type: 'answered', status: statusCode!, ...isShort ? { retryAfter } : {} };
}

function reasonOf(error: unknown): FailureReason {
  if (error instanceof AddressRefused) return 'address-refused';
  const { code = '' } = error as NodeJS.ErrnoException;
  if (error instanceof NameNotFound || code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'name-not-found';
  return TLS_CODE.test(code) ? 'tls' : 'connection';
}
