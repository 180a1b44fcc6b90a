import { keyTexts, KeyText, schemeOf } from './inputs';
import { nearMisses } from './near-misses';
import { VerifyCommand } from './options';
import { WebhookPorts } from './ports';
import { REMEDIES } from './remedies';
import { readCaptured } from './request-file';
import { stepsOf } from './steps';
import type { Delivery } from '../../runtime/webhooks/delivery';
import { KeyError, KeyFormat } from '../../runtime/webhooks/key-formats';
import type { Key } from '../../runtime/webhooks/keys';
import type { Scheme } from '../../runtime/webhooks/scheme';
import { readSecret } from '../../runtime/webhooks/secret-content';
import { verify } from '../../runtime/webhooks/verify';
import { InputError } from '../errors';

/** Whether a captured request is genuine, and the text that says step by step why. */
export interface Explanation {
  readonly isGenuine: boolean;
  readonly text: string;
}

/** Judges a captured request as a receiver would. The text holds no key, no signature, sent or expected, and nothing of the body. */
export function explain(ports: WebhookPorts, command: VerifyCommand): Explanation {
  const scheme = schemeOf(ports, command.scheme, command.settings);
  const { delivery, arrivedSeconds } = readCaptured(ports.files, command.request, command.url);
  const keys = keyTexts(ports, command.keys).flatMap((text) => keysOf(text, scheme.key, command.keyId));
  const nowSeconds = command.at ?? arrivedSeconds ?? ports.nowSeconds();
  return explanationOf(command.request, scheme, delivery, keys, nowSeconds);
}

/** What the text says of a request that arrived at that time. */
export function explanationOf(request: string, scheme: Scheme, delivery: Delivery, keys: readonly Key[], nowSeconds: number): Explanation {
  const verdict = verify(delivery, scheme, keys, nowSeconds);
  const steps = stepsOf(scheme, delivery, keys);
  const arrival = `  as of ${new Date(nowSeconds * 1000).toISOString()}`;

  if (verdict.outcome === 'genuine') {
    const key = `  key ${verdict.key.index + 1} of ${keys.length}, the signature vouches for: ${verdict.integrity}`;
    return { isGenuine: true, text: lines([`${request}: genuine`, arrival, ...steps.map(({ title, seen }) => line('ok', title, seen)), key]) };
  }
  const at = steps.findIndex(({ reasons }) => reasons.includes(verdict.reason));
  const shown = steps.map(({ title, seen }, index) => line(index < at ? 'ok' : index === at ? 'REFUSED' : '-', title, seen));
  const hints = nearMisses(delivery, scheme, keys, nowSeconds).map((says) => `  it would be genuine ${says}`);
  return {
    isGenuine: false,
    text: lines([`${request}: refused, ${verdict.reason}`, arrival, ...shown, `  ${REMEDIES[verdict.reason]}`, ...hints]),
  };
}

function keysOf({ from, text }: KeyText, format: KeyFormat, id: string | undefined): readonly Key[] {
  try {
    return readSecret(text, format).keys.map((key) => key.id === undefined && id !== undefined ? { ...key, id } : key);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new InputError(from, error.message, 'give the key as the sender shows it');
  }
}

function line(state: string, title: string, seen: string): string {
  return `  ${state.padEnd(8)}${title.padEnd(13)}${seen}`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
