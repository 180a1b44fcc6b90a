import { Authentication, authenticationOf } from './identity-provider-settings';
import { SERVER_ID } from './login';
import { checkDirectories } from '../../formats/directory-check';
import { isWithin, Network, tryNetwork } from '../../formats/networks';
import { checkNetworks } from '../../formats/partner-check';
import type { PartnerDirectory } from '../../formats/partner-directories';
import type { Refusal } from '../../formats/refusal';
import { Environment, matching, tableName, whole } from '../shared/environment';
import { tryJson } from '../shared/json-text';

/** What partners are like that operators register while the system runs. */
export interface RuntimePartners {
  /** The role of all of them; their session policies tell them apart. */
  readonly roleArn: string;
  /** Theirs lie within these. */
  readonly networks: readonly Network[];
  /** Each has these, below a prefix of its own. */
  readonly directories: readonly PartnerDirectory[];
}

/** What a registrar is configured with. */
export interface RegistrarSettings {
  /**
   * Who may ask: deployments, which say themselves what a partner may do, or operators, who may not. Whoever may invoke a function can write an
   * event as CloudFormation does, so that no function serves both.
   */
  readonly caller: 'cloudformation' | 'operator';
  readonly partnersTable: string;
  readonly authentication: Authentication;
  readonly maxKeyDays: number;
  /** Where operators ask. */
  readonly serverId?: string;
  /** Where operators may register partners. */
  readonly runtime?: RuntimePartners;
}

const CALLER = /^(?:cloudformation|operator)$/;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

/**
 * Reads `CALLER`, `PARTNERS_TABLE`, `AUTHENTICATION` and `MAX_KEY_DAYS`; for operators `SERVER_ID`, and where they may register partners
 * `RUNTIME_ROLE_ARN`, `ALLOWED_NETWORKS` and `DIRECTORIES`, a JSON array of directories whose prefixes those of partners begin with. Throws,
 * saying what is wrong, so that the function does not start.
 */
export function parseRegistrarSettings(environment: Environment): RegistrarSettings {
  const caller = matching(environment, 'CALLER', CALLER, 'cloudformation or operator') as RegistrarSettings['caller'];
  return {
    caller,
    partnersTable: tableName(environment, 'PARTNERS_TABLE'),
    authentication: authenticationOf(environment),
    maxKeyDays: whole(environment, 'MAX_KEY_DAYS', 1, 3650),
    ...caller === 'operator' && operatorSettings(environment),
  };
}

function operatorSettings(environment: Environment): Pick<RegistrarSettings, 'serverId' | 'runtime'> {
  const serverId = matching(environment, 'SERVER_ID', SERVER_ID, 'the id of a server');
  const { RUNTIME_ROLE_ARN: role, ALLOWED_NETWORKS: networks, DIRECTORIES: directories } = environment;
  if (role === undefined && networks === undefined && directories === undefined) return { serverId };
  return {
    serverId,
    runtime: {
      roleArn: matching(environment, 'RUNTIME_ROLE_ARN', ROLE_ARN, 'the ARN of a role'),
      networks: checked<string[]>(networks, 'ALLOWED_NETWORKS', checkNetworks).map((network) => tryNetwork(network)!),
      directories: checked<PartnerDirectory[]>(directories, 'DIRECTORIES', checkDirectories),
    },
  };
}

function checked<T>(text: string | undefined, name: string, check: (value: unknown) => readonly Refusal[]): T {
  const value = tryJson(text);
  const [refusal] = check(value);
  if (refusal) throw new Error(`${name}: ${refusal.path} ${refusal.problem}`);
  return value as T;
}

/** Whether all of a network lies within one of those. */
export function liesWithin(networks: readonly Network[], text: string): boolean {
  const inner = tryNetwork(text);
  return inner !== undefined && networks.some((outer) => (
    outer.family === inner.family && outer.prefixLength <= inner.prefixLength && isWithin([outer], inner.address)
  ));
}
