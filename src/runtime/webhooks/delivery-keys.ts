import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CertificatePorts, Certificates } from './certificates';
import type { Delivery } from './delivery';
import { DeliveryKeys, hopeless } from './judge';
import { KeyRing } from './key-ring';
import { certificateOf, certificateUrl } from './key-source';
import type { Key } from './keys';
import type { CertificateSource, Scheme } from './scheme';
import { Refused } from './verdict';

/** The secret with the keys of a sender that gave us some. */
export interface StoredKeys {
  readonly secretArn: string;
  readonly overlapMilliseconds: number;
  readonly maxAgeMilliseconds?: number;
}

/** What getting keys needs of the world. */
export interface KeyPorts extends CertificatePorts {
  readonly client: Pick<SecretsManagerClient, 'send'>;
}

/** The keys of a sender, from wherever they are: stored if its scheme names no certificates. */
export function deliveryKeys({ scheme, stored }: { readonly scheme: Scheme; readonly stored?: StoredKeys }, ports: KeyPorts): DeliveryKeys {
  const certificate = certificateOf(scheme);
  if (certificate) return new CertificateKeys(scheme, certificate, new Certificates(ports));
  return new KeyRing({ ...stored!, ...ports, format: scheme.key });
}

/** The certificate that a delivery names. No other one can verify it, so there is none to be had anew. */
export class CertificateKeys implements DeliveryKeys {
  constructor(
    private readonly scheme: Scheme,
    private readonly certificate: CertificateSource,
    private readonly certificates: Pick<Certificates, 'certificate' | 'tryKnown'>,
  ) {}

  /** Asks the sender only for a delivery that its certificate could make genuine: none is what `verify` refuses for the same reason. */
  public async current(delivery: Delivery, receivedAt: number): Promise<readonly Key[]> {
    const url = certificateUrl(delivery, this.certificate);
    if (url instanceof Refused) return [];
    const known = this.certificates.tryKnown(url);
    if (known) return known;
    return hopeless(delivery, this.scheme, receivedAt) ? [] : this.certificates.certificate(url);
  }

  public async tryRefresh(): Promise<undefined> {
    return undefined;
  }
}
