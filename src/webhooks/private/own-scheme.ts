import { BoundScheme, SchemeIntegrity } from './bound-scheme';
import { SECRET_FORMATS } from './secret-formats';
import { HttpMethod } from '../../api';
import { WebhookHandshake } from '../webhook-handshake';
import { WebhookKeyFormat } from '../webhook-key-format';

/** How long signatures are taken where nobody says otherwise: what Standard Webhooks does. */
export const DEFAULT_TOLERANCE_SECONDS = 300;

/** What is the user's choice, and the same for every kind of scheme. */
export interface OwnScheme {
  readonly document: object;
  readonly signsTime: boolean;
  readonly integrity: SchemeIntegrity;
  readonly keyFormat: WebhookKeyFormat;
  readonly namesCertificate?: boolean;
  readonly handshake?: WebhookHandshake;
}

/** A scheme that is written out. */
export function ownScheme({ document, signsTime, integrity, keyFormat, namesCertificate = false, handshake }: OwnScheme): BoundScheme {
  return {
    document,
    signsTime,
    keys: namesCertificate ? 'certificate' : 'stored',
    httpMethods: handshake === WebhookHandshake.OKTA ? [HttpMethod.POST, HttpMethod.GET] : [HttpMethod.POST],
    integrity,
    secretFormat: SECRET_FORMATS[keyFormat],
  };
}
