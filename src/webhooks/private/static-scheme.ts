import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { headerName } from './header-name';
import { ownScheme } from './own-scheme';
import { membersOf, requireMembers } from './scheme-members';
import { requireText } from './scheme-texts';
import { StaticSecretOptions } from '../static-secret-options';
import { WebhookKeyFormat } from '../webhook-key-format';

/** Writes a scheme with a password down, whatever it is worth. */
export function staticDocument(options: StaticSecretOptions): object {
  const { header, prefix, keyFormat = WebhookKeyFormat.UTF8 } = options;
  return { type: 'static', key: keyFormat, header: headerName(header), ...prefix !== undefined && { prefix }, ...membersOf(options) };
}

/** Refuses what the verifier would not take, and writes the rest down. */
export function staticScheme(scope: IConstruct, options: StaticSecretOptions): BoundScheme {
  const { header, prefix, keyFormat = WebhookKeyFormat.UTF8, handshake } = options;
  requireMembers(scope, options, false);
  requireText(scope, 'header', 'header', headerName(header));
  requireText(scope, 'prefix', 'literal', prefix);
  return ownScheme({ document: staticDocument(options), signsTime: false, integrity: 'none', keyFormat, handshake });
}
