import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';

/** Gets a JSON document; rejects with an `Error` whose message is fit for a log. */
export type FetchJson = (url: string) => Promise<unknown>;

/** Posts a form and gets a JSON document; rejects with an `Error` whose message is fit for a log and quotes neither form nor credentials. */
export type PostForm = (url: string, form: Readonly<Record<string, string>>, authorization: string) => Promise<unknown>;

/** A server answered with another status than 200; the cause of what the functions below reject with. */
export class UnexpectedStatus extends Error {
  public override readonly name = 'UnexpectedStatus';

  constructor(public readonly status: number | undefined) {
    super(`answered ${status}`);
  }
}

/** Bounds of one request, and whom it trusts. */
export interface HttpsJsonOptions {
  /** 256 KiB by default: a hundred times the key set of a large issuer. */
  readonly maxBytes?: number;
  /**
   * From name resolution to the last byte. 1500 by default, so that discovery and keys together end within a function's 5 seconds; API
   * Gateway's own JWT authorizer waits as long (Developer Guide, "Quotas for configuring and running an HTTP API").
   */
  readonly timeoutMilliseconds?: number;
  /** Certificate authority to trust instead of Node.js' own, in PEM. */
  readonly ca?: string;
}

/**
 * Builds a reader of JSON documents over HTTPS, bounded in bytes and in time.
 *
 * Follows no redirect: whoever can make an issuer's server redirect must not choose where its keys come from. Each request has a connection
 * of its own, because one that was kept is dead after the execution environment was frozen.
 */
export function httpsJson(options: HttpsJsonOptions = {}): FetchJson {
  return (url) => askJson(url, { method: 'GET' }, options);
}

/** The same for forms that are posted (RFC 6749, B), with a value for the header `Authorization`. */
export function httpsForm(options: HttpsJsonOptions = {}): PostForm {
  return (url, form, authorization) => askJson(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  }, options);
}

/** What is asked for. */
interface Question {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function askJson(url: string, question: Question, options: HttpsJsonOptions): Promise<unknown> {
  const { maxBytes = 256 * 1024, timeoutMilliseconds = 1500, ca } = options;
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    return parse(await ask(url, question, { maxBytes, ca, signal }));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = signal.aborted ? `no answer within ${timeoutMilliseconds} ms` : code ?? message;
    throw new Error(`${question.method} ${url}: ${what}`, { cause: error });
  }
}

async function ask(
  url: string, { method, headers, body }: Question, { maxBytes, ca, signal }: { maxBytes: number; ca?: string; signal: AbortSignal },
): Promise<Buffer> {
  const accepted = { 'accept': 'application/json', 'accept-encoding': 'identity' };
  const outgoing = request(url, { method, agent: false, ca, headers: { ...accepted, ...headers }, rejectUnauthorized: true, signal });
  const response = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  outgoing.end(body);
  try {
    const [incoming] = await response;
    if (incoming.statusCode !== 200) throw new UnexpectedStatus(incoming.statusCode);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Error(`answered more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    outgoing.on('error', () => undefined).destroy();
  }
}

/** The parser's own message would quote the document. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Error('answered no JSON');
  }
}
