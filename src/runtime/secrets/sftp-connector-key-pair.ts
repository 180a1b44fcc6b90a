import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { TestConnectionCommand, TransferClient } from '@aws-sdk/client-transfer';
import type { Adapter } from './adapter';
import { Refused } from './failures';
import { AWSCURRENT, AWSPENDING, AWSPREVIOUS, SecretState } from './secret-state';
import type { SecretStore } from './secret-store';
import { KeyType, SshPublicKey, tryPublicKeyOf } from './ssh-key';
import { membersIn } from '../shared/json-text';

/** Label of the version whose public key was offered to the partner first; it keeps the version from being deleted. */
export const OFFERED = 'offered';

/** Source and kind of the event that offers a public key. */
export const EVENT_SOURCE = 'cdk-secure-integrations.secrets';
export const EVENT_TYPE = 'SFTP Connector Public Key Offered';

/** What a connector takes, in characters (AWS Transfer Family User Guide, "Store authentication credentials for SFTP connectors"). */
const MAX_SECRET = 12_000;
const MAX_PRIVATE_KEY = 8192;

/** Which connector, and how to reach it. */
export interface SftpConnectorKeyPairOptions {
  readonly userName: string;
  readonly keyType: KeyType;
  /** Signs in with the version `AWSCURRENT`. */
  readonly connectorId: string;
  /** Signs in at the same server with the version `AWSPENDING`, and no other. */
  readonly probeConnectorId: string;
  readonly eventBusName: string;
  /** How long a key is offered, from the creation of its first version on, before another one is made. */
  readonly offerMilliseconds: number;
  readonly store: SecretStore;
  readonly transfer: Pick<TransferClient, 'send'>;
  readonly events: Pick<EventBridgeClient, 'send'>;
  readonly newPrivateKey: (keyType: KeyType) => Promise<string>;
  /** How often a probe looks before it gives up. */
  readonly looks: number;
  now(): number;
  /** Waits for a moment between two looks. */
  pause(): Promise<void>;
}

/**
 * The key pair of an SFTP connector, in the form that AWS Transfer Family takes, which leaves no room for a `kid`.
 *
 * A key works once the partner has installed its public half, which takes longer than a rotation may. A rotation whose key is not installed
 * yet ends in vain, and the next one offers the same key, for as long as `offerMilliseconds`. So what the partner installs is what becomes
 * current, and the old key is current until then. There is nothing to revoke here: the version loses its labels, and the partner the key.
 */
export function sftpConnectorKeyPair(options: SftpConnectorKeyPairOptions): Adapter {
  const { userName, store } = options;

  return {
    async issue() {
      return await tryOffered() ?? JSON.stringify({ Username: userName, PrivateKey: await options.newPrivateKey(options.keyType) });
    },

    async activate(version, content) {
      const key = keyIn(content);
      const state = await store.state();
      const offered = state.tryVersionWith(OFFERED);
      // The same key stays with the version that offered it first, whose age counts.
      if (offered !== version && (offered === undefined || await store.tryContentOf(offered) !== content)) {
        await store.moveStage(OFFERED, version, offered);
      }
      await publish(version, key);
    },

    async probe(version, content) {
      keyIn(content);
      for (let looks = 1; looks <= options.looks; looks++) {
        if (looks > 1) await options.pause();
        const state = await store.state();
        if (state.tryVersionWith(AWSCURRENT) === version) {
          if (await connects(options.connectorId)) return;
        } else {
          requirePending(version, state);
          await requireNew(content, state);
          if (await connects(options.probeConnectorId)) return requirePending(version, await store.state());
        }
      }
      throw new Refused('not-installed-yet', 'no connection with the key yet; once the partner has installed its public half, rotate again, which offers the same key');
    },

    list: async () => [],
    revoke: async () => 'waiting',
  };

  /** A key that was offered, is young enough, and never became current. */
  async function tryOffered(): Promise<string | undefined> {
    const state = await store.state();
    const offered = state.tryVersionWith(OFFERED);
    if (offered === undefined || options.now() - (state.tryCreatedAt(offered) ?? -Infinity) >= options.offerMilliseconds) return undefined;
    const content = await store.tryContentOf(offered);
    if (content === undefined || tryKeyIn(content)?.keyType !== options.keyType) return undefined;
    for (const stage of [AWSCURRENT, AWSPREVIOUS]) {
      const version = state.tryVersionWith(stage);
      if (version !== undefined && await store.tryContentOf(version) === content) return undefined;
    }
    return content;
  }

  /** Which version the probe connector read is known only from the label, so it has to be on this one before and after. */
  function requirePending(version: string, state: SecretState): void {
    if (state.tryVersionWith(AWSPENDING) !== version) throw new Refused('not-pending', 'the version is not pending, so that no connector can try it');
  }

  /** What makes a rotation one; the content itself does not say which version it was made for. */
  async function requireNew(content: string, state: SecretState): Promise<void> {
    const current = state.tryVersionWith(AWSCURRENT);
    if (current !== undefined && await store.tryContentOf(current) === content) throw unknownContent();
  }

  async function connects(connectorId: string): Promise<boolean> {
    return (await options.transfer.send(new TestConnectionCommand({ ConnectorId: connectorId }))).Status === 'OK';
  }

  async function publish(version: string, { keyType, line, fingerprint }: SshPublicKey): Promise<void> {
    const detail = { userName, connectorId: options.connectorId, version, keyType, publicKey: line, fingerprint };
    const { FailedEntryCount } = await options.events.send(new PutEventsCommand({
      Entries: [{ EventBusName: options.eventBusName, Source: EVENT_SOURCE, DetailType: EVENT_TYPE, Detail: JSON.stringify(detail) }],
    }));
    if (FailedEntryCount !== 0) throw new Refused('key-not-published', 'the event bus did not take the public key; see its policy and its key');
  }

  function keyIn(content: string): SshPublicKey {
    const key = tryKeyIn(content);
    if (!key) throw unknownContent();
    return key;
  }

  function tryKeyIn(content: string): SshPublicKey | undefined {
    if (content.length > MAX_SECRET) return undefined;
    const { Username, PrivateKey, ...more } = membersIn(content);
    if (Username !== userName || typeof PrivateKey !== 'string' || Object.keys(more).length > 0) return undefined;
    if (PrivateKey.length > MAX_PRIVATE_KEY) return undefined;
    return tryPublicKeyOf(PrivateKey);
  }
}

const unknownContent = () => new Refused('unknown-content', 'the version holds something that rotation did not make for it');
