import type { Adapter } from './adapter';
import { readContent, writeContent } from './versioned-content';

/** 32 bytes: a key should be no shorter than the hash, SHA-256 (RFC 2104, 3). */
const KEY_BYTES = 32;

/** 32 bytes in base64 (RFC 4648, 4). */
const KEY = /^[A-Za-z0-9+/]{43}=$/;

/**
 * The key that signs webhooks (HMAC). No provider knows it: the versions of the secret are all there is.
 *
 * The sender signs with the current version; receivers accept the current and the previous one, and read the secret again when they meet a
 * `kid` that they do not know, since the sender may have the new key before them. What takes a key out of use is therefore that its version
 * loses the label `AWSPREVIOUS`, which reconciliation sees to.
 */
export function webhookSecret(randomBytes: (size: number) => Buffer): Adapter {
  return {
    issue: async (version) => writeContent('secret', randomBytes(KEY_BYTES).toString('base64'), version),
    activate: async (version, content) => void readContent(content, 'secret', KEY, version),
    probe: async (version, content) => void readContent(content, 'secret', KEY, version),
    list: async () => [],
    revoke: async () => 'waiting',
  };
}
