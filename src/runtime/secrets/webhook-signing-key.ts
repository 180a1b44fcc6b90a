import { sign, verify } from 'node:crypto';
import type { Adapter } from './adapter';
import { Refused } from './failures';
import { readContent, writeContent } from './versioned-content';
import { KEY_BYTES, privateKeyOf, publicHalfOf, publicKeyOf } from '../shared/ed25519';

/** `whsk_`, then seed and public half, 64 bytes, in base64 (Standard Webhooks 1.0, "Signature scheme"). */
const KEY = /^whsk_[A-Za-z0-9+/]{85}[AQgw]==$/;

const PREFIX = 'whsk_';

/** What a key is tried on. */
const PROBE = Buffer.from('probe');

/**
 * The key pair that signs webhooks (Ed25519). No provider knows it: the versions of the secret are all there is.
 *
 * The sender signs with the current and with the previous version, so that receivers which have the old public key alone go on for the overlap;
 * until then they have to be told the new one. What takes a key out of use is that its version loses the label `AWSPREVIOUS`.
 */
export function webhookSigningKey(randomBytes: (size: number) => Buffer): Adapter {
  return {
    async issue(version) {
      const seed = randomBytes(KEY_BYTES);
      return writeContent('secret', `${PREFIX}${Buffer.concat([seed, publicHalfOf(privateKeyOf(seed))]).toString('base64')}`, version);
    },
    activate: async (version, content) => tryOut(version, content),
    probe: async (version, content) => tryOut(version, content),
    list: async () => [],
    revoke: async () => 'waiting',
  };
}

/** Signs as the sender does, and verifies as a receiver that was told the public half. */
function tryOut(version: string, content: string): void {
  const bytes = Buffer.from(readContent(content, 'secret', KEY, version).slice(PREFIX.length), 'base64');
  const signature = sign(null, PROBE, privateKeyOf(bytes.subarray(0, KEY_BYTES)));
  if (!verify(null, PROBE, publicKeyOf(bytes.subarray(KEY_BYTES)), signature)) {
    throw new Refused('unknown-content', 'the version holds something that rotation did not make for it');
  }
}
