import { X509Certificate } from 'node:crypto';
import { readKeys } from './key-formats';
import type { Key } from './keys';
import { ShortMemory } from '../shared/short-memory';

/** The sender could not be asked for a certificate; says nothing of the address, which the delivery chose. */
export class CertificateUnavailable extends Error {
  public override readonly name: string = 'CertificateUnavailable';
}

/** The address is to blame, or may be, and whoever sends chose it: the sender has to try again, and nothing is kept. */
export class CertificateRefused extends CertificateUnavailable {
  public override readonly name = 'CertificateRefused';
}

/** Deliveries name more certificates than the sender has: of a genuine one it is not known, and the sender has to try again. */
export class TooManyCertificates extends Error {
  public override readonly name = 'TooManyCertificates';
}

/** What fetching certificates needs of the world. */
export interface CertificatePorts {
  readonly request: typeof fetch;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, string>>) => void;
}

const MINUTE = 60_000;

/** How long a certificate is used without another look: its address is of that one, but the sender may take it down. */
const FRESH_MILLISECONDS = 60 * MINUTE;

/** How long is remembered that an address has no certificate, or could not be asked. */
const FAILED_MILLISECONDS = MINUTE / 2;

/** Certificates of a sender in all Regions, and then some. Those that failed are remembered apart, so that they push out none that is used. */
const MAX_REMEMBERED = 64;

/** Whoever names addresses that nobody knows has the sender asked no more often than this, together with whoever names genuine ones. */
const MAX_NEW_A_MINUTE = 30;

/** A certificate with its chain has some six. */
const MAX_BYTES = 64 * 1024;

const TIMEOUT_MILLISECONDS = 3000;

/** Answers that say of an address that there is no certificate, and not of the sender that it is away. */
const NONE: readonly number[] = [404, 410];

/** Answers of that class that are about the moment, and not about what was asked (RFC 9110, 15.5.9; RFC 8470, 5.2; RFC 6585, 4). */
const LATER: readonly number[] = [408, 425, 429];

/**
 * Certificates of a sender, had over HTTPS from addresses that are the sender's.
 *
 * The connection says whose certificate it is, and the certificate when it may be used. Its own chain is not looked at: SNS serves no more than
 * the last link of it, and neither sender says under which root it ends.
 */
export class Certificates {
  private readonly known: ShortMemory<readonly Key[]>;
  private readonly failed: ShortMemory<readonly Key[] | CertificateUnavailable>;
  private readonly asking = new Map<string, Promise<readonly Key[]>>();
  private asked: readonly number[] = [];

  constructor(private readonly ports: CertificatePorts) {
    const clock = { now: () => new Date(ports.now()) };
    this.known = new ShortMemory(MAX_REMEMBERED, clock);
    this.failed = new ShortMemory(MAX_REMEMBERED, clock);
  }

  /** The keys of a certificate that was had within the hour, if there is one. */
  public tryKnown(url: string): readonly Key[] | undefined {
    return this.known.get(url);
  }

  /** The key of a certificate, with its URL as its id; none if there is no such certificate, or not now. Rejects if the sender cannot be asked. */
  public async certificate(url: string): Promise<readonly Key[]> {
    const known = this.known.get(url) ?? this.failed.get(url);
    if (known instanceof CertificateUnavailable) throw known;
    return known ?? this.askOnce(url);
  }

  /** Whoever asks while a certificate is being fetched waits for that. */
  private askOnce(url: string): Promise<readonly Key[]> {
    const asking = this.asking.get(url);
    if (asking) return asking;
    const now = this.ports.now();
    this.asked = this.asked.filter((then) => then <= now && now - then < MINUTE);
    if (this.asked.length >= MAX_NEW_A_MINUTE) throw new TooManyCertificates('too many certificates were asked for within a minute');
    this.asked = [...this.asked, now];
    const asked = this.ask(url).finally(() => this.asking.delete(url));
    this.asking.set(url, asked);
    return asked;
  }

  private async ask(url: string): Promise<readonly Key[]> {
    const { request, now } = this.ports;
    const failedUntil = () => now() + FAILED_MILLISECONDS;
    try {
      const pem = await tryPem(url, request);
      const keys = pem === undefined ? [] : this.keysOf(pem, url);
      if (keys.length > 0) this.known.set(url, keys, now() + FRESH_MILLISECONDS);
      else this.failed.set(url, keys, failedUntil());
      return keys;
    } catch (error) {
      const Failure = isOfTheAddress(error) ? CertificateRefused : CertificateUnavailable;
      const failure = new Failure('the sender could not be asked for its certificate'); // the cause may name the address
      this.failed.set(url, failure, failedUntil());
      throw failure;
    }
  }

  /** The first certificate of the text, which is the sender's own if its chain follows (RFC 8446, 4.4.2, as servers write it). */
  private keysOf(pem: string, url: string): readonly Key[] {
    try {
      const { validFrom, validTo } = new X509Certificate(pem);
      const now = this.ports.now();
      if (now >= Date.parse(validFrom) && now <= Date.parse(validTo)) return readKeys(pem, 'pem', url);
      this.ports.log({ outcome: 'unusable-key', reason: 'certificate-not-valid-now' });
    } catch {
      this.ports.log({ outcome: 'unusable-key', reason: 'certificate-not-readable' });
    }
    return [];
  }
}

async function tryPem(url: string, request: typeof fetch): Promise<string | undefined> {
  const response = await request(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    if (NONE.includes(response.status)) return undefined;
    const isRefused = response.status >= 400 && response.status < 500 && !LATER.includes(response.status);
    throw isRefused ? new CertificateRefused() : new Error('the sender answered otherwise');
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error('the sender answered too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}

/** Whether another address might have had an answer: a host of a Region that there is not has none in the DNS (`fetch` puts that in the cause). */
function isOfTheAddress(error: unknown): boolean {
  return error instanceof CertificateRefused || Object((error as Error).cause).code === 'ENOTFOUND';
}
