import { timingSafeEqual } from 'node:crypto';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Entry } from './credential-row';
import { Refused } from './failures';
import type { CredentialKind } from './stored-credential';
import { readContent, writeContent } from './versioned-content';
import { BearerKey, generateBearerKey, macMessageOf, tryReadBearerKey, writeBearerKey } from '../api/bearer-key';

/** Which keys, and how to reach what vouches for them. */
export interface StoredBearerKeyOptions {
  readonly holder: string;
  readonly prefix: string;
  readonly macKeyArn: string;
  /** Id of the key of API Gateway by which the holder is metered. */
  readonly planKeyId: string;
  readonly kms: Pick<KMSClient, 'send'>;
  readonly gateway: Pick<APIGatewayClient, 'send'>;
  readonly randomBytes: (size: number) => Buffer;
}

/**
 * A scoped bearer key. The table holds a MAC that AWS KMS makes, and the value of the metering key.
 *
 * A metering key that was disabled or replaced would have API Gateway refuse each call (API Gateway Developer Guide, "Use API keys with
 * Lambda authorizers"), so a check looks at it, too. Rotating again takes the new one.
 */
export function storedBearerKey(options: StoredBearerKeyOptions): CredentialKind<BearerKey> {
  const { holder, prefix } = options;
  return {
    issue: (version, credential) =>
      writeContent('key', writeBearerKey(generateBearerKey({ prefix, holder, credential }, options.randomBytes)), version),

    read(content, version, credential) {
      const key = tryReadBearerKey(readContent(content, 'key', /^[a-z0-9_]+$/, version));
      if (key?.prefix !== prefix || key.holder !== holder || key.credential !== credential) {
        throw new Refused('unknown-content', 'the version holds something that rotation did not make for it');
      }
      return key;
    },

    entryOf: async (key) => ({ verifier: (await macOf(key)).toString('base64'), planKey: await planKey() }),

    async check(entry: Entry, key) {
      const [stored, expected] = [Buffer.from(entry.verifier, 'base64'), await macOf(key)];
      if (stored.length !== expected.length || !timingSafeEqual(stored, expected)) {
        throw new Refused('credential-not-genuine', 'the row vouches for another credential; rotate again');
      }
      if (entry.planKey !== await planKey()) throw new Refused('metering-key-replaced', 'the row names a metering key that is gone; rotate again');
    },
  };

  async function macOf(key: BearerKey): Promise<Buffer> {
    const { Mac } = await options.kms.send(new GenerateMacCommand({
      KeyId: options.macKeyArn, MacAlgorithm: 'HMAC_SHA_256', Message: macMessageOf(key),
    }));
    if (!Mac?.length) throw new Refused('no-mac', 'AWS KMS made no MAC; rotate again');
    return Buffer.from(Mac);
  }

  async function planKey(): Promise<string> {
    const { value, enabled } = await options.gateway.send(new GetApiKeyCommand({ apiKey: options.planKeyId, includeValue: true }));
    if (!value || !enabled) throw new Refused('metering-key-unusable', 'the metering key of API Gateway is disabled or has no value; enable it');
    return value;
  }
}
