import { createHash } from 'node:crypto';
import { FakeHostKeys, ReadHostKey } from './fake-host-keys';
import { HostKeyType, SSH_TYPES } from '../../../src/runtime/sftp/host-key-pair';
import * as records from '../../../src/runtime/sftp/host-key-record';
import type { HostKeyRecord } from '../../../src/runtime/sftp/host-key-record';
import type { HostKeyPorts } from '../../../src/runtime/sftp/host-key-rotation';
import * as handlers from '../../../src/runtime/sftp/host-keys';
import * as resources from '../../../src/runtime/sftp/host-keys-resource';
import type { HostKeysSettings } from '../../../src/runtime/sftp/host-keys-settings';
import * as servers from '../../../src/runtime/sftp/server-host-keys';
import * as events from '../../../src/runtime/sftp/sftp-events';
import { answerOr, PlannedFault } from '../faults';
import { Call, clientOf, ServiceError } from '../secrets/harness/service';

export const NOW = Date.UTC(2026, 2, 1);
export const DAY = 24 * 60 * 60 * 1000;
export const SERVER_ID = 's-0123456789abcdef0';
export const PARAMETER = '/sftp/host-keys';
const MINUTE = 60 * 1000;

export const SETTINGS: HostKeysSettings = {
  serverId: SERVER_ID,
  keyTypes: ['ed25519'],
  rotateAfterMilliseconds: 365 * DAY,
  overlapMilliseconds: 14 * DAY,
  isAcknowledgementRequired: true,
  parameterName: PARAMETER,
  eventBusName: 'partners',
};

/** The code of the rotation; a mutant has the same shape. */
export interface HostKeyCode {
  readonly HostKeyParameter: typeof records.HostKeyParameter;
  readonly ServerHostKeys: typeof servers.ServerHostKeys;
  readonly SftpEvents: typeof events.SftpEvents;
  readonly hostKeys: typeof handlers.hostKeys;
  readonly hostKeysResource: typeof resources.hostKeysResource;
}

export const HOST_KEY_CODE: HostKeyCode = { ...records, ...servers, ...events, ...handlers, ...resources };

/** Made up key number `index`: text that a log must not have, and what follows from it. */
export function pairNumber(index: number, type: HostKeyType) {
  const privateKey = `CANARY-private-${type}-${index}`;
  const fingerprint = `SHA256:${createHash('sha256').update(privateKey).digest('base64').slice(0, 43)}`;
  return { privateKey, publicKey: `${SSH_TYPES[type]} ${index}`, fingerprint };
}

const readMadeUp: ReadHostKey = (body) => {
  const [, type, index] = /^CANARY-private-(.+)-(\d+)$/.exec(body) ?? [];
  if (!type) throw new ServiceError('InvalidRequestException', body);
  const { fingerprint, publicKey } = pairNumber(Number(index), type as HostKeyType);
  return { type: SSH_TYPES[type as HostKeyType], fingerprint, publicKey };
};

/** A server, a parameter, an event bus and a clock, in memory. */
export class HostKeyWorld {
  public now = NOW;
  public readonly server: FakeHostKeys;
  public policy: string | undefined = 'TransferSecurityPolicy-2025-03';
  public parameter: string | undefined = JSON.stringify({ active: [], next: [] });
  public readonly told: Array<{ readonly type: string; readonly detail: Record<string, unknown> }> = [];
  public readonly log: Array<Readonly<Record<string, unknown>>> = [];
  public readonly results: unknown[] = [];
  public calls: Call[] = [];
  public fault?: PlannedFault;
  /** Operations that fail, and how. */
  public readonly failing = new Map<string, string>();
  public settings = SETTINGS;
  private pairs = 0;

  constructor(private readonly code: HostKeyCode = HOST_KEY_CODE, readHostKey = readMadeUp) {
    this.server = new FakeHostKeys(readHostKey, () => this.now);
  }

  /** The fingerprint of the key that was imported first, second, and so on. */
  public imported(number: number): string {
    return this.server.imported[number - 1].fingerprint;
  }

  /** Whether a text has a part of a private key. */
  public tells(text: string): boolean {
    const parts = this.server.imported.flatMap(({ body }) => body.split('\n')).filter((line) => line.length > 20 && !line.includes('-----'));
    return ['CANARY', 'PRIVATE KEY', ...parts].some((part) => text.includes(part));
  }

  public get record(): HostKeyRecord {
    return JSON.parse(this.parameter ?? '{}') as HostKeyRecord;
  }

  public outcomes(): string[] {
    return this.log.map(({ outcome, reason }) => [outcome, reason].filter(Boolean).join(' '));
  }

  public async run(event: unknown = { task: 'watch' }): Promise<unknown> {
    const result = await this.code.hostKeys(this.settings, this.ports())(event);
    this.results.push(result);
    return result;
  }

  /** What a deployment does. */
  public async deploy(): Promise<Readonly<Record<string, string>>> {
    const resource = this.code.hostKeysResource(this.settings, this.ports());
    return resource.put({ properties: {}, id: resource.idOf({}, 'stack'), owner: 'stack' });
  }

  private ports(): HostKeyPorts {
    return {
      server: new this.code.ServerHostKeys(clientOf(this.answer), SERVER_ID),
      record: new this.code.HostKeyParameter(clientOf(this.answer), PARAMETER),
      events: new this.code.SftpEvents(clientOf(this.answer), 'partners'),
      newPair: async (type) => pairNumber(++this.pairs, type),
      now: () => this.now,
      pause: async () => undefined,
      log: (entry) => void this.log.push(entry),
    };
  }

  /** What AWS answers to a call; dates are milliseconds. */
  protected respond(call: Call): unknown {
    this.calls.push(call);
    this.now += MINUTE;
    const failure = this.failing.get(call.operation);
    if (failure !== undefined) throw new ServiceError(failure, `CANARY: ${JSON.stringify(call.input)}`);
    return this.perform(call);
  }

  private readonly answer = async (call: Call): Promise<unknown> => {
    const text = JSON.stringify(await answerOr(this.fault, this.calls, call, (each) => this.respond(each)));
    return JSON.parse(text, (name, value: unknown) => name === 'DateImported' ? new Date(value as number) : value) as unknown;
  };

  private perform({ operation, input }: Call): unknown {
    switch (operation) {
      case 'DescribeServer': return { Server: { SecurityPolicyName: this.policy } };
      case 'GetParameter':
        if (this.parameter === undefined) throw new ServiceError('ParameterNotFound');
        return { Parameter: { Name: input.Name, Value: this.parameter } };
      case 'PutParameter':
        this.parameter = String(input.Value);
        return {};
      case 'PutEvents': {
        const [{ DetailType, Detail }] = input.Entries as Array<{ DetailType: string; Detail: string }>;
        this.told.push({ type: DetailType, detail: JSON.parse(Detail) as Record<string, unknown> });
        return { FailedEntryCount: 0 };
      }
      default: return this.server.call(operation, input);
    }
  }
}

/** Runs something until it ends, in whichever way; what died hangs at its last call. */
export async function untilItEnds(work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => setImmediate(() => setImmediate(resolve)))]);
}

/** A server whose key of the rotation is a year old, and known to partners. */
export async function settledWorld(code?: HostKeyCode, world = new HostKeyWorld(code)): Promise<HostKeyWorld> {
  world.server.add('ssh-ed25519', 'SHA256:made-by-the-service');
  await world.deploy();
  world.now += 366 * DAY;
  world.calls = [];
  world.log.length = 0;
  world.told.length = 0;
  return world;
}
