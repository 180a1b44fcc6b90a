import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { TransferClient } from '@aws-sdk/client-transfer';
import { DAY, nonceOf } from './constants';
import type { Elsewhere } from './elsewhere';
import { holderOf } from './fake-secrets-manager';
import { privateKeyOf } from './key-pairs';
import { clientOf, Input, ServiceError } from './service';
import type { World } from './world';
import { tryPublicKeyOf } from '../../../../src/runtime/secrets/ssh-key';

export const CONNECTOR_ID = 'c-0123456789abcdef0';
export const PROBE_CONNECTOR_ID = 'c-0123456789abcdef1';
export const EVENT_BUS_NAME = 'arn:aws:events:eu-west-1:111122223333:event-bus/partners';
export const SFTP_USER_NAME = 'user-at-the-partner';

/** A partner, who installs the keys that were offered when it suits; or at once. */
export interface Partner {
  prompt: boolean;
  /** Fingerprints. */
  offered: string[];
  installed: string[];
}

export const partnerOf = (world: World) => world.elsewhere as Partner;

const fingerprints = new Map<string, string | undefined>();

/** Remembers what it worked out: a world is looked at after each call. */
export function fingerprintIn(content = '{}'): string | undefined {
  if (!fingerprints.has(content)) {
    const { PrivateKey } = JSON.parse(content) as { PrivateKey?: string };
    fingerprints.set(content, PrivateKey === undefined ? undefined : tryPublicKeyOf(PrivateKey)?.fingerprint);
  }
  return fingerprints.get(content);
}

function install(world: World): void {
  const partner = partnerOf(world);
  partner.installed = [...partner.offered];
}

/** Answers as AWS Transfer Family does for a connector, and EventBridge for an event (API Reference of each). */
function call(world: World, operation: string, input: Input): Record<string, unknown> {
  switch (operation) {
    case 'PutEvents': {
      const [{ Detail }] = input.Entries as Array<{ Detail: string }>;
      const partner = partnerOf(world);
      partner.offered = [...new Set([...partner.offered, (JSON.parse(Detail) as { fingerprint: string }).fingerprint])];
      if (partner.prompt) install(world);
      return { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] };
    }
    case 'TestConnection': {
      const stages: Record<string, string> = { [CONNECTOR_ID]: 'AWSCURRENT', [PROBE_CONNECTOR_ID]: 'AWSPENDING' };
      const stage = stages[input.ConnectorId as string];
      if (!stage) throw new ServiceError('ResourceNotFoundException');
      const version = holderOf(world.secret, stage);
      const content = version === undefined ? undefined : world.secret.versions[version].content;
      const accepted = partnerOf(world).installed.includes(fingerprintIn(content) ?? '');
      return { ConnectorId: input.ConnectorId, Status: accepted ? 'OK' : 'ERROR', StatusMessage: accepted ? 'Connection succeeded' : `cannot use ${content}` };
    }
    default:
      throw new Error(`the fake does not know ${operation}`);
  }
}

const contentOf = (_version: string, nonce: number) => JSON.stringify({ Username: SFTP_USER_NAME, PrivateKey: privateKeyOf(nonce) });

export const SFTP_PARTNER: Elsewhere = {
  settled: (): Partner => {
    const first = fingerprintIn(contentOf('', 0))!;
    return { prompt: true, offered: [first], installed: [first] };
  },
  fresh: (): Partner => ({ prompt: true, offered: [], installed: [] }),
  contentOf,
  call,
  // The connector may sign in with the previous version, too.
  works: (world, version) => [holderOf(world.secret, 'AWSCURRENT'), holderOf(world.secret, 'AWSPREVIOUS')].includes(version)
    && partnerOf(world).installed.includes(fingerprintIn(world.secret.versions[version].content) ?? ''),
  violations({ secret }) {
    const [current, previous] = ['AWSCURRENT', 'AWSPREVIOUS'].map((stage) => secret.versions[holderOf(secret, stage) ?? '']?.content);
    return current !== undefined && current === previous ? ['a rotation changed nothing'] : [];
  },
  isTidy: () => true,
  dated: () => [],
  happens: { name: 'the partner installs what was offered', effect: install },
  tempers: { slow: (world) => { partnerOf(world).prompt = false; }, prompt: (world) => { partnerOf(world).prompt = true; } },
  adapter: ({ machine, store, answer, randomBytes, now }) => machine.sftpConnectorKeyPair({
    userName: SFTP_USER_NAME,
    keyType: 'ecdsa-p256',
    connectorId: CONNECTOR_ID,
    probeConnectorId: PROBE_CONNECTOR_ID,
    eventBusName: EVENT_BUS_NAME,
    offerMilliseconds: DAY,
    store,
    transfer: clientOf<TransferClient>(answer),
    events: clientOf<EventBridgeClient>(answer),
    newPrivateKey: async () => privateKeyOf(nonceOf(randomBytes)),
    now,
    pause: async () => undefined,
    looks: 1,
  }),
};
