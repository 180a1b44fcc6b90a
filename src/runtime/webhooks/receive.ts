import { CertificateRefused, TooManyCertificates } from './certificates';
import { ProxyEvent, readDelivery } from './delivery';
import { Answer, answerHandshake } from './handshakes';
import type { Inbox } from './inbox';
import { dedupeIdOf } from './inbox-record';
import { areUseless, DeliveryKeys, judge, unwanted } from './judge';
import { MAX_BODY_BYTES } from './limits';
import { FAULT, RECEIVED, REFUSED, Response, responseOf } from './responses';
import type { Scheme } from './scheme';
import type { Unverified, UnverifiedBucket } from './unverified';
import { Reason, Refused } from './verdict';
import { isWithin, Network } from '../../formats/networks';
import { nameOf } from '../shared/error-name';

/** What a receiver judges deliveries by. */
export interface ReceiveSettings {
  readonly scheme: Scheme;
  /** What the sender was told; never made from what a request says. */
  readonly publicUrl: string;
  /** Where the sender sends from, if it says; a request from elsewhere is looked at no further. */
  readonly sources?: readonly Network[];
}

/** What a receiver is given. */
export interface ReceivePorts {
  readonly keys: DeliveryKeys;
  readonly inbox: Pick<Inbox, 'accept'>;
  /** Where requests go that we fail to judge or to store, for senders that do not try again; absent, those are answered with 503. */
  readonly unverified?: Pick<UnverifiedBucket, 'keep'>;
  /** Requests an address of the sender, once, and follows no redirect; throws if the sender does not confirm. */
  readonly confirm: (url: string) => Promise<void>;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Gets no signature, key, header, body, or identifier of the sender. */
  readonly log: (entry: Readonly<Record<string, string>>) => void;
}

/** No delivery can be judged. */
class NoKeys extends Error {
  public override readonly name = 'NoKeys';
}

/** Refusals that are, or may be, our fault. */
const OURS: readonly Reason[] = ['unknown-key', 'no-usable-key'];

/**
 * Builds the handler of a receiver.
 *
 * What is genuine is in the inbox before it is answered with 200, and so is what was there before. What is refused is answered with 401, what
 * failed on this side with 503, so that the sender tries again; each answer is the same, whatever the reason. What is not genuine is written
 * nowhere. Any number of equal requests, also at once, are one event.
 *
 * With `unverified` what failed on this side is there before it is answered with 200, and `rejudger` goes on with it.
 */
export function receive(settings: ReceiveSettings, ports: ReceivePorts) {
  return async (event: ProxyEvent): Promise<Response> => {
    try {
      return await respond(event, settings, ports);
    } catch (error) {
      ports.log({ outcome: 'fault', reason: nameOf(error) });
      return FAULT;
    }
  };
}

async function respond(event: ProxyEvent, { scheme, publicUrl, sources }: ReceiveSettings, ports: ReceivePorts): Promise<Response> {
  if (sources && !isWithin(sources, event.requestContext?.identity?.sourceIp)) return refuse('source-not-allowed', ports);
  const receivedAt = ports.now();
  const delivery = isTooLong(event, scheme) ? new Refused('body-too-large') : readDelivery(event, publicUrl);
  if (delivery instanceof Refused) return refuse(delivery.reason, ports);

  try {
    return await take({ delivery, receivedAt }, scheme, ports);
  } catch (error) {
    return keep({ delivery, receivedAt }, scheme, ports, error);
  }
}

async function take({ delivery, receivedAt }: Unverified, scheme: Scheme, ports: ReceivePorts): Promise<Response> {
  const { keys, verdict } = await judge(delivery, scheme, receivedAt, ports.keys);
  const answer = answerHandshake(scheme, delivery, verdict, keys);
  if (answer) return greet(answer, ports);
  if (verdict instanceof Refused) {
    if (ports.unverified && areUseless(keys, scheme)) throw new NoKeys('no key of the sender is of use');
    return refuse(verdict.reason, ports);
  }

  const { id, outcome } = await ports.inbox.accept({ delivery, verdict, receivedAt });
  ports.log({ outcome, dedupeId: dedupeIdOf(id) });
  return RECEIVED;
}

/** What we failed to take is kept if anybody asked for that, and a key could make it genuine; nothing else may fill the bucket. */
async function keep(request: Unverified, scheme: Scheme, ports: ReceivePorts, fault: unknown): Promise<Response> {
  const { unverified, log } = ports;
  if (!unverified || fault instanceof TooManyCertificates || fault instanceof CertificateRefused) throw fault;
  const refused = unwanted(request.delivery, scheme, request.receivedAt);
  if (refused) return refuse(refused.reason, ports);
  await unverified.keep(request);
  log({ outcome: 'unverified', reason: nameOf(fault) });
  return RECEIVED;
}

/** Before a copy is made; a body that is only somewhat too large is found once it is decoded. */
function isTooLong({ body, isBase64Encoded }: ProxyEvent, { maxBodyBytes = MAX_BODY_BYTES }: Scheme): boolean {
  return (body?.length ?? 0) > (isBase64Encoded ? Math.ceil(maxBodyBytes / 3) * 4 : maxBodyBytes);
}

async function greet(answer: Answer, { confirm, log }: ReceivePorts): Promise<Response> {
  if (answer.do === 'confirm') await confirm(answer.url);
  log({ outcome: 'handshake' });
  return answer.do === 'confirm' ? RECEIVED : responseOf(answer.status, answer.contentType, answer.body);
}

function refuse(reason: Reason, { log }: ReceivePorts): Response {
  log({ outcome: OURS.includes(reason) ? 'fault' : 'refused', reason });
  return OURS.includes(reason) ? FAULT : REFUSED;
}
