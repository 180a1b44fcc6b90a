import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundEgress, tryHostOf } from './bound-egress';
import { readSshPublicKey } from '../../formats/ssh-public-key';
import { ConfigurationError } from '../../private';

/** AWS Transfer Family API Reference, "SftpConnectorConfig". */
const MOST_KEYS = 10;

/**
 * The keys by which a server proves who it is, as a connector takes them: type and key alone.
 *
 * `ssh-keyscan` writes the server before them, which is checked and left away: with VPC Lattice a connector takes no name, since it connects to none
 * (API Reference, "SftpConnectorConfig"). What only deployment knows is refused, since it could be any key.
 */
export function trustedHostKeys(scope: Construct, lines: readonly string[], egress: BoundEgress): string[] {
  if (Token.isUnresolved(lines) || lines.length < 1 || lines.length > MOST_KEYS) {
    const got = Token.isUnresolved(lines) ? 'a list that deployment alone knows' : lines.length;
    throw new ConfigurationError(scope, `'trustedHostKeys' must be 1 to ${MOST_KEYS} keys, got ${got}; ask the partner for the public keys of the server, `
      + 'on another way than this connection');
  }
  const bodies = lines.map((line, index) => trustedKey(scope, line, `trustedHostKeys[${index}]`, egress));
  const twice = bodies.findIndex((body, index) => bodies.indexOf(body) !== index);
  if (twice >= 0) throw new ConfigurationError(scope, `'trustedHostKeys[${twice}]' must be another key than those before, got one of them; leave it out`);
  return bodies;
}

function trustedKey(scope: Construct, line: string, path: string, egress: BoundEgress): string {
  if (Token.isUnresolved(line)) {
    throw new ConfigurationError(scope, `'${path}' must be known at synthesis, got a value that deployment alone knows; write the key itself, it is no secret`);
  }
  const read = readSshPublicKey(withoutHost(scope, line.trim(), path, egress), 'connector-host');
  if ('problem' in read) {
    throw new ConfigurationError(scope, `'${path}' must be an RSA key of 2048 bits or more, or an ECDSA key, got one that ${read.problem}; `
      + (read.remedy ?? 'ask the partner for the public keys of the server'));
  }
  return read.body;
}

/** A line of `ssh-keyscan` without the server; one of another server is refused. */
function withoutHost(scope: Construct, line: string, path: string, egress: BoundEgress): string {
  const [first, type = ''] = line.split(/[ \t]+/);
  if (!/^(?:ssh-|ecdsa-|sk-)/.test(type) || /^(?:ssh-|ecdsa-|sk-)/.test(first)) return line;
  const host = tryHostOf(egress);
  if (host === undefined || first.toLowerCase() !== host.toLowerCase()) {
    throw new ConfigurationError(scope, `'${path}' must be a key of ${host ?? 'the server, without a name'}, got one with another name before it; `
      + 'see that it is a key of this server, and write type and key alone');
  }
  return line.slice(first.length).trim();
}
