import {
  AddUserPoolClientSecretCommand, CognitoIdentityProviderClient, DeleteUserPoolClientSecretCommand, ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Adapter, Issued } from './adapter';
import { Refused } from './failures';
import { AWSCURRENT, AWSPREVIOUS, SecretState } from './secret-state';
import type { SecretStore } from './secret-store';
import { ABANDONED_AFTER_MILLISECONDS } from './timetable';
import { readFields, writeFields } from './versioned-content';
import { unless } from '../shared/error-name';

/** Label of the version that adds a secret beside the one of that id, so that a secret whose answer was lost is known again. */
export const BESIDE = 'beside:';

/** 256 bits. Cognito takes 24 to 64 letters, digits, `_` and `+` (API Reference, "AddUserPoolClientSecret"). */
const SECRET_BYTES = 32;
const SECRET = /^[0-9a-f]{64}$/;

/** Which client, and how to reach it. */
export interface CognitoClientSecretOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly client: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly store: SecretStore;
  readonly randomBytes: (size: number) => Buffer;
  /** Whether a secret is one of the client's. */
  readonly isAccepted: (secret: string) => Promise<boolean>;
  /** How often a probe looks before it gives up. */
  readonly looks: number;
  now(): number;
  /** Waits for a moment between two looks. */
  pause(): Promise<void>;
}

/**
 * A secret of an app client of a user pool, which has two at most and tells of them an id and a date, no value and no tag.
 *
 * A secret is added only beside a single one, and the version that adds it first takes the label `beside:<id of that one>`, which Secrets
 * Manager gives to one version alone. So whenever there are two, the label says whose the other is, whatever answer was lost. The single
 * one is always that of the current version: the others go first, and Cognito does not delete the last (API Reference,
 * "DeleteUserPoolClientSecret"). Before the first rotation that is the one that Cognito made with the client.
 */
export function cognitoClientSecret(options: CognitoClientSecretOptions): Adapter {
  const { clientId, client, store } = options;
  const place = { UserPoolId: options.userPoolId, ClientId: clientId };

  return {
    issue: async (version) => writeFields({ clientId, clientSecret: options.randomBytes(SECRET_BYTES).toString('hex') }, version),

    async activate(version, content) {
      const secret = valueOf(content, clientId, version);
      const state = await store.state();
      const found = await secrets();
      if (found.length > 1) return requireOwn(version, state, found);
      if (found.length === 0) throw new Refused('no-client-secret', 'the client has no secret, so that nothing can be added beside it');
      await claim(`${BESIDE}${found[0].id}`, version, state);
      await unless('LimitExceededException', client.send(new AddUserPoolClientSecretCommand({ ...place, ClientSecret: secret })));
    },

    async probe(version, content) {
      const secret = valueOf(content, clientId, version);
      for (let looks = 1; looks <= options.looks; looks++) {
        if (looks > 1) await options.pause();
        if (await options.isAccepted(secret)) return;
      }
      throw new Refused('secret-not-accepted', 'the user pool does not accept the secret; rotate again');
    },

    // Labels come first: a secret that is added meanwhile is then taken for that of an older version, and kept, since it is young.
    list: async () => owned(await store.state(), await secrets()),

    async revoke({ id }) {
      await unless('ResourceNotFoundException', client.send(new DeleteUserPoolClientSecretCommand({ ...place, ClientSecretId: id })));
      return 'deleted';
    },
  };

  async function secrets(): Promise<ReadonlyArray<Omit<Issued, 'version'>>> {
    const { ClientSecrets = [] } = await client.send(new ListUserPoolClientSecretsCommand(place)); // two at most, so there are no pages
    return ClientSecrets.map(({ ClientSecretId, ClientSecretCreateDate }) => {
      if (ClientSecretId === undefined) throw new Refused('unusable-answer', 'the user pool lists a secret without an id');
      return { id: ClientSecretId, createdAt: ClientSecretCreateDate?.getTime() ?? Infinity };
    });
  }

  /**
   * Nobody else adds a secret from here on. Another version that has the label keeps it until none of its steps can still be under way; what
   * it could have added would then be there.
   */
  async function claim(label: string, version: string, state: SecretState): Promise<void> {
    const holder = state.tryVersionWith(label);
    if (holder !== version) {
      if (holder !== undefined && options.now() - (state.tryCreatedAt(holder) ?? Infinity) < ABANDONED_AFTER_MILLISECONDS) {
        throw new Refused('other-rotation', 'another rotation may be adding a secret; rotate again in an hour');
      }
      await store.moveStage(label, version, holder);
    }
    for (const [old, on] of state.labelsFrom(BESIDE)) if (old !== label) await store.removeStage(old, on);
  }
}

/** With two secrets, the one beside which a version added its own tells them apart. */
function owned(state: SecretState, found: ReadonlyArray<Omit<Issued, 'version'>>): readonly Issued[] {
  if (found.length !== 2) return [];
  for (const [older, newer] of [found, [found[1], found[0]]]) {
    const version = state.tryVersionWith(`${BESIDE}${older.id}`);
    if (version === undefined) continue;
    const own = { ...newer, version };
    // The older one is that of the current version, or of the one before it if the newer one is.
    return version === state.tryVersionWith(AWSCURRENT) ? [own, { ...older, version: state.tryVersionWith(AWSPREVIOUS) ?? `before ${version}` }] : [own];
  }
  return [];
}

function requireOwn(version: string, state: SecretState, found: ReadonlyArray<Omit<Issued, 'version'>>): void {
  if (found.some(({ id }) => state.tryVersionWith(`${BESIDE}${id}`) === version)) return;
  throw new Refused('two-secrets', 'the client has two secrets already, one of which has to go; delete the one that nobody uses, or wait for the end of the overlap');
}

/** The secret in the content of that version; refuses any other content, and quotes none. */
function valueOf(content: string, clientId: string, version: string): string {
  return readFields(content, { clientId: new RegExp(`^${clientId}$`), clientSecret: SECRET }, version).clientSecret;
}
