import { HOST_KEY_TYPES, HostKeyType, SSH_TYPES } from './host-key-pair';
import type { HostKeyPorts } from './host-key-rotation';
import { advance } from './host-keys';
import type { HostKeysSettings } from './host-keys-settings';
import type { CustomResource } from '../shared/custom-resource';

/** Attributes that have the fingerprint of one kind each; `Fingerprints` has all, with commas between. */
export const FINGERPRINT_ATTRIBUTES = { 'ed25519': 'Ed25519', 'ecdsa-p256': 'EcdsaP256', 'rsa-4096': 'Rsa4096' } as const;

/**
 * The host keys of a server as a resource of CloudFormation, `Custom::SftpHostKeys`.
 *
 * A server that was created within the hour shows keys of its own making, which nobody has been told of: those go at once. To delete the resource
 * deletes no key, since the server stays.
 */
export function hostKeysResource(settings: HostKeysSettings, ports: HostKeyPorts): CustomResource {
  return {
    idOf: () => `${settings.serverId}/host-keys`,
    async put() {
      await advance({ isNewServer: true }, settings, ports);
      const { active } = await ports.record.read();
      const fingerprintOf = (type: HostKeyType) => active.find((key) => key.type === SSH_TYPES[type])?.fingerprint ?? '';
      return {
        Fingerprints: settings.keyTypes.map(fingerprintOf).join(),
        ...Object.fromEntries(HOST_KEY_TYPES.map((type) => [FINGERPRINT_ATTRIBUTES[type], fingerprintOf(type)])),
      };
    },
    remove: async () => undefined,
  };
}
