import { App, Stack } from 'aws-cdk-lib';
import { webhooks } from '../../src';
import { parseScheme } from '../../src/runtime/webhooks/parse-scheme';
import type { Scheme } from '../../src/runtime/webhooks/scheme';
import type { BoundScheme } from '../../src/webhooks/private/bound-scheme';

/** Binds a scheme in a stack of its own. */
export function bound(scheme: webhooks.SignatureScheme): BoundScheme {
  return scheme._bind(new Stack(new App(), 'Stack'));
}

/** What the verifier reads of a scheme; throws if it would not start. */
export function verified(scheme: webhooks.SignatureScheme): Scheme {
  return parseScheme(asDeployed(bound(scheme).document));
}

/** A document as it comes out of an environment variable. */
export function asDeployed(document: object): unknown {
  return JSON.parse(JSON.stringify(document));
}

/** What is thrown, else undefined. */
export function thrownBy(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
