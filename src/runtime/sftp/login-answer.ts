import { homeMappings } from '../../formats/partner-directories';
import type { PartnerKey, PartnerRecord } from '../../formats/partner-record';
import { sessionPolicy } from '../../formats/session-policy';

/** What AWS Transfer Family takes for a partner (User Guide, "Using AWS Lambda to integrate your identity provider", "Lambda values"). */
export interface Accepted {
  readonly Role: string;
  /** JSON text. */
  readonly Policy: string;
  readonly HomeDirectoryType: 'LOGICAL';
  /** JSON text. */
  readonly HomeDirectoryDetails: string;
  /** Where keys are asked for, and there alone; AWS Transfer Family compares them with the one that the client proves to have. */
  readonly PublicKeys?: readonly string[];
}

/** What it takes for nobody: every login that is refused gets the same two bytes. */
export type Denied = Readonly<Record<string, never>>;
export const DENIED: Denied = Object.freeze({});

/** The answer for a partner; with keys where a client offers one. But for these it is the same when a password follows a key. */
export function accept(record: PartnerRecord, keys?: readonly PartnerKey[]): Accepted {
  return {
    Role: record.roleArn,
    Policy: sessionPolicy(record),
    HomeDirectoryType: 'LOGICAL',
    HomeDirectoryDetails: JSON.stringify(homeMappings(record)),
    ...keys && { PublicKeys: keys.map(({ body }) => body) },
  };
}
