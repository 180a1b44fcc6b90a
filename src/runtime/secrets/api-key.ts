import {
  APIGatewayClient, CreateApiKeyCommand, CreateUsagePlanKeyCommand, DeleteApiKeyCommand, GetApiKeysCommand, GetUsagePlanKeyCommand,
  UpdateApiKeyCommand, type ApiKey,
} from '@aws-sdk/client-api-gateway';
import type { Adapter, Issued } from './adapter';
import { Refused } from './failures';
import { readContent, writeContent } from './versioned-content';
import { unless } from '../shared/error-name';

/** Tags that bind a key of API Gateway to a version of a secret; the name of a key is for people and for finding it. */
export const SECRET_TAG = 'cdk-secure-integrations:secret';
export const VERSION_TAG = 'cdk-secure-integrations:secret-version';

/** A key that is disabled can be enabled again by hand; a day later it is deleted. */
const DELETE_AFTER_MILLISECONDS = 24 * 60 * 60 * 1000;

/** 256 bits. API Gateway takes 20 to 128 letters and digits (Developer Guide, "API Gateway API key file format"). */
const KEY_BYTES = 32;
const KEY = /^[0-9a-f]{64}$/;

/** The most that API Gateway lists at once (API Reference, "GetApiKeys"). */
const PAGE_SIZE = 500;

/** Which keys, and how to reach them. */
export interface ApiKeyOptions {
  readonly secretArn: string;
  /** Each new key is a member of all of them; a key without a plan opens nothing. */
  readonly usagePlanIds: readonly string[];
  readonly client: Pick<APIGatewayClient, 'send'>;
  readonly randomBytes: (size: number) => Buffer;
  /** How often a probe looks before it gives up. */
  readonly looks: number;
  now(): number;
  /** Waits for a moment between two looks. */
  pause(): Promise<void>;
}

/** A key as API Gateway lists it. */
export interface FoundKey extends Issued {
  readonly enabled: boolean;
  /** In milliseconds since 1970. */
  readonly updatedAt: number;
}

/**
 * A key of API Gateway, which belongs to the function alone: no template, output or log ever has its value.
 *
 * The value is made here and stored before API Gateway learns it, so that a repeated or concurrent creation meets `ConflictException`
 * instead of making a second key. Revoked is a key in two stages: disabled, and a day later deleted. The quota of a usage plan counts by
 * key, so it starts at zero with each new one.
 */
export function apiKey(options: ApiKeyOptions): Adapter<FoundKey> {
  const { secretArn, usagePlanIds, client } = options;
  const namePrefix = `${secretArn.slice(secretArn.lastIndexOf(':') + 1)}/`;

  return {
    issue: async (version) => writeContent('apiKey', options.randomBytes(KEY_BYTES).toString('hex'), version),

    async activate(version, content) {
      const value = valueOf(content, version);
      const id = (await tryFind(version) ?? await create(version, value)).id;
      for (const usagePlanId of usagePlanIds) {
        await unlessConflict(client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: id, keyType: 'API_KEY' })));
      }
    },

    async probe(version, content) {
      valueOf(content, version);
      await until('key-not-usable', async () => {
        const key = await tryFind(version);
        return key?.enabled && await isInAllPlans(key.id) ? key : undefined;
      });
    },

    list: keys,

    async revoke({ id, enabled, updatedAt }) {
      if (enabled) {
        await unlessGone(client.send(new UpdateApiKeyCommand({ apiKey: id, patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }] })));
        return 'disabled';
      }
      if (options.now() - updatedAt < DELETE_AFTER_MILLISECONDS) return 'waiting';
      await unlessGone(client.send(new DeleteApiKeyCommand({ apiKey: id })));
      return 'deleted';
    },
  };

  /** By tag, not by name: names are anybody's. */
  async function keys(): Promise<readonly FoundKey[]> {
    const found: FoundKey[] = [];
    let position: string | undefined;
    do {
      const page = await client.send(new GetApiKeysCommand({ nameQuery: namePrefix, includeValues: false, limit: PAGE_SIZE, position }));
      found.push(...(page.items ?? []).flatMap((key) => ownKey(key, secretArn) ?? []));
      ({ position } = page);
    } while (position);
    return found;
  }

  async function tryFind(version: string): Promise<FoundKey | undefined> {
    return (await keys()).find((key) => key.version === version);
  }

  /** A conflict means that the value is known already: from another invocation, or from one whose answer was lost. */
  async function create(version: string, value: string): Promise<Pick<Issued, 'id'>> {
    const created = await unlessConflict(client.send(new CreateApiKeyCommand({
      name: `${namePrefix}${version}`,
      value,
      enabled: true,
      generateDistinctId: true, // else the id, which is no secret, could be the value
      tags: { [SECRET_TAG]: secretArn, [VERSION_TAG]: version },
    })));
    return created?.id === undefined ? until('key-not-found', () => tryFind(version)) : { id: created.id };
  }

  async function isInAllPlans(keyId: string): Promise<boolean> {
    for (const usagePlanId of usagePlanIds) {
      if (!await unlessGone(client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId })))) return false;
    }
    return true;
  }

  async function until<T>(otherwise: string, look: () => Promise<T | undefined>): Promise<T> {
    for (let looks = 1; looks <= options.looks; looks++) {
      if (looks > 1) await options.pause();
      const found = await look();
      if (found !== undefined) return found;
    }
    throw new Refused(otherwise, 'API Gateway does not have the key as it should; rotate again');
  }
}

const valueOf = (content: string, version: string) => readContent(content, 'apiKey', KEY, version);

function ownKey({ id, enabled, createdDate, lastUpdatedDate, tags }: ApiKey, secretArn: string): FoundKey | undefined {
  const version = tags?.[VERSION_TAG];
  if (id === undefined || version === undefined || tags?.[SECRET_TAG] !== secretArn) return undefined;
  const createdAt = createdDate?.getTime() ?? Infinity; // what has no date is never old
  return { id, version, createdAt, enabled: enabled === true, updatedAt: lastUpdatedDate?.getTime() ?? createdAt };
}

const unlessConflict = <T>(call: Promise<T>) => unless('ConflictException', call);
const unlessGone = <T>(call: Promise<T>) => unless('NotFoundException', call);
