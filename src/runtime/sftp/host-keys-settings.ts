import { HOST_KEY_TYPES, HostKeyType } from './host-key-pair';
import { days, serverId } from './sftp-settings';
import { Environment, eventBusName, list, matching } from '../shared/environment';

/** Which server's host keys rotate, and how. */
export interface HostKeysSettings {
  readonly serverId: string;
  readonly keyTypes: readonly HostKeyType[];
  readonly rotateAfterMilliseconds: number;
  readonly overlapMilliseconds: number;
  readonly isAcknowledgementRequired: boolean;
  readonly parameterName: string;
  readonly eventBusName: string;
}

/** AWS Systems Manager API Reference, "PutParameter", Name. */
const PARAMETER_NAME = /^[\w./-]{1,1011}$/;

/**
 * Reads `SERVER_ID`, `KEY_TYPES`, `ROTATE_AFTER_DAYS`, `OVERLAP_DAYS`, `REQUIRE_ACKNOWLEDGEMENT` (true unless it is said), `PARAMETER_NAME` and
 * `EVENT_BUS_NAME`; throws, saying what is wrong, so that the function does not start.
 */
export function parseHostKeysSettings(environment: Environment): HostKeysSettings {
  const keyTypes = list(environment, 'KEY_TYPES', isKeyType, HOST_KEY_TYPES.join(', '));
  if (keyTypes.length === 0 || new Set(keyTypes).size < keyTypes.length) throw new Error('KEY_TYPES must name one kind at least, and each once');
  const { REQUIRE_ACKNOWLEDGEMENT: required = 'true' } = environment;
  if (!['true', 'false'].includes(required)) throw new Error('REQUIRE_ACKNOWLEDGEMENT must be true or false');
  return {
    serverId: serverId(environment),
    keyTypes,
    rotateAfterMilliseconds: days(environment, 'ROTATE_AFTER_DAYS', 1, 3650),
    overlapMilliseconds: days(environment, 'OVERLAP_DAYS', 1, 365),
    isAcknowledgementRequired: required === 'true',
    parameterName: matching(environment, 'PARAMETER_NAME', PARAMETER_NAME, 'the name of a parameter'),
    eventBusName: eventBusName(environment),
  };
}

function isKeyType(entry: unknown): entry is HostKeyType {
  return HOST_KEY_TYPES.some((type) => type === entry);
}
