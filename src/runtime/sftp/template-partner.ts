import { checkLifetimes } from './key-lifetime';
import { SERVER_ID } from './login';
import type { KeysTaken, PartnerRegister } from './partner-register';
import type { RegistrarSettings } from './registrar-settings';
import { PartnerRecord, readPartnerRecord } from '../../formats/partner-record';
import type { Refusal } from '../../formats/refusal';
import { Change, CustomResource, Properties, ResourceFailure } from '../shared/custom-resource';

export interface TemplatePartnerPorts {
  readonly register: Pick<PartnerRegister, 'find' | 'wasSuspended' | 'store' | 'remove'>;
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** Times that a change is tried again where others change the same partner. */
const ATTEMPTS = 5;

/**
 * The resource `Custom::SftpPartner` with the properties `ServerId` and `Record`, the JSON text of a `PartnerRecord`: a partner that a template has.
 *
 * It changes and removes its own partner alone: not one of the same name that operators registered, nor another resource's. A key that was revoked
 * is left out, and not refused, since else a stack could not even return to the template that it comes from. What operators suspended stays so, also
 * under another name, and where a deployment removes the partner and another one brings it back.
 */
export function templatePartner(settings: Pick<RegistrarSettings, 'authentication' | 'maxKeyDays'>, ports: TemplatePartnerPorts): CustomResource {
  return {
    idOf: (properties) => recordIn(properties).name,

    async put({ properties, owner, previous }) {
      const serverId = String(properties.ServerId);
      if (!SERVER_ID.test(serverId)) throw new ResourceFailure('ServerId is no id of a server');
      let record = recordIn(properties);
      requireNone(checkLifetimes(record.keys, settings.maxKeyDays, ports.now()));
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const seen = await ports.register.find(record.name);
        if (seen && (seen.managedBy !== 'template' || seen.resource !== owner)) {
          throw new ResourceFailure(seen.managedBy === 'template'
            ? `the partner '${record.name}' is another resource's; remove that one in a deployment of its own first`
            : `the partner '${record.name}' was registered by operators; have them remove it first`);
        }
        const isSuspended = !seen && await wasSuspended(record.name, previous, owner);
        const stored = await ports.register.store(record, { serverId, managedBy: 'template', resource: owner, isSuspended }, seen);
        if (stored.outcome === 'stored') return { Name: record.name };
        if (stored.outcome === 'keys-taken') record = withoutRevoked(record, stored);
      }
      throw new ResourceFailure(`the partner '${record.name}' is being changed by others; deploy again`);
    },

    async remove({ id, owner }: Change) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const seen = await ports.register.find(id);
        if (!seen || seen.managedBy !== 'template' || seen.resource !== owner || await ports.register.remove(seen)) return;
      }
      throw new ResourceFailure(`the partner '${id}' is being changed by others; delete again`);
    },
  };

  async function wasSuspended(name: string, previous: string | undefined, owner: string): Promise<boolean> {
    if (await ports.register.wasSuspended(name)) return true;
    const before = previous === undefined ? undefined : await ports.register.find(previous);
    return before !== undefined && before.resource === owner && before.suspended;
  }

  function recordIn({ Record }: Properties): PartnerRecord {
    const read = readPartnerRecord(Record);
    if ('refusals' in read) throw failureOf(read.refusals);
    const needsPassword = settings.authentication === 'PUBLIC_KEY_AND_PASSWORD';
    requireNone(read.record.passwordRequired === needsPassword ? [] : [{
      path: 'passwordRequired', problem: needsPassword ? 'is false where the server asks for a password' : 'is true where the server asks for none',
    }]);
    return read.record;
  }

  function withoutRevoked(record: PartnerRecord, { revoked, others }: KeysTaken): PartnerRecord {
    requireNone(record.keys.flatMap(({ fingerprint }, index) => others.includes(fingerprint) ? [
      { path: `keys[${index}]`, problem: `(${fingerprint}) is another partner's`, remedy: 'ask each for a key of its own' },
    ] : []));
    for (const fingerprint of revoked) ports.log({ outcome: 'key-left-out', reason: 'revoked', partner: record.name, fingerprint });
    return { ...record, keys: record.keys.filter(({ fingerprint }) => !revoked.includes(fingerprint)) };
  }
}

function requireNone(refusals: readonly Refusal[]): void {
  if (refusals.length > 0) throw failureOf(refusals);
}

function failureOf(refusals: readonly Refusal[]): ResourceFailure {
  const texts = refusals.map(({ path, problem, remedy }) => `${path || 'Record'} ${problem}${remedy === undefined ? '' : ` (${remedy})`}`);
  return new ResourceFailure(texts.join('; '));
}
