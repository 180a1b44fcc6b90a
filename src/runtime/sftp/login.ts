import { tryCanonicalAddress } from '../../formats/addresses';
import { isPartnerName } from '../../formats/partner-check';

/** What somebody signs in with, once it was found to be well formed. */
export interface Login {
  /** A name that a partner may have. */
  readonly name: string;
  /** In one spelling for each address. */
  readonly ip: string;
  readonly serverId: string;
  /** Absent where keys are asked for; never empty. */
  readonly password?: string;
}

/** What is wrong with an event; nothing that it holds. */
export type Malformed = 'event' | 'user-name' | 'protocol' | 'server-id' | 'address' | 'password';

/** AWS Transfer Family API Reference, "CreateServer", ServerId. */
export const SERVER_ID = /^s-[0-9a-f]{17}$/;

/** AWS Transfer Family API Reference, "TestIdentityProvider", UserPassword. */
const MAX_PASSWORD_LENGTH = 1024;

/**
 * Reads what AWS Transfer Family hands over (User Guide, "Using AWS Lambda to integrate your identity provider"), or tells what is wrong with it.
 * Members that it does not know mean nothing.
 *
 * AWS Transfer Family takes more names than partners may have (User Guide, "Working with custom identity providers"), such as with capital
 * letters: a name in two spellings would be two logins of one partner, and is nobody's here.
 *
 * A client that offers keys has no password, or an empty one; one of blanks is a password.
 */
export function readLogin(event: unknown): Login | Malformed {
  if (typeof event !== 'object' || event === null) return 'event';
  const { username, password = null, protocol, serverId, sourceIp } = event as Readonly<Record<string, unknown>>;
  if (!isPartnerName(username)) return 'user-name';
  if (protocol !== 'SFTP') return 'protocol';
  if (typeof serverId !== 'string' || !SERVER_ID.test(serverId)) return 'server-id';
  const ip = tryCanonicalAddress(sourceIp);
  if (ip === undefined) return 'address';
  if (password !== null && (typeof password !== 'string' || password.length > MAX_PASSWORD_LENGTH)) return 'password';
  return { name: username, ip, serverId, ...password !== null && password !== '' ? { password } : {} };
}
