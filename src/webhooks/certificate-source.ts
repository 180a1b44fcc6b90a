import { headerName } from './private/header-name';
import { PlaceDocument } from './private/own-parts';

/** Where a delivery names the certificate that verifies it. Nothing but the pattern keeps an attacker from naming one of theirs. */
export class CertificateSource {
  /**
   * In a header.
   *
   * @param urlPattern regular expression that the whole URL must match, from `^https://` to `$`, with the sender's hosts spelt out
   */
  public static header(name: string, urlPattern: string): CertificateSource {
    return new CertificateSource({ header: headerName(name) }, urlPattern);
  }

  /**
   * In the JSON body.
   *
   * @param urlPattern regular expression that the whole URL must match, from `^https://` to `$`, with the sender's hosts spelt out
   */
  public static pointer(pointer: string, urlPattern: string): CertificateSource {
    return new CertificateSource({ pointer }, urlPattern);
  }

  private constructor(private readonly place: PlaceDocument, private readonly url: string) {}

  /** @internal */
  public _bind(): PlaceDocument & { readonly url: string } {
    return { ...this.place, url: this.url };
  }
}
