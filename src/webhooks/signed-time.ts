import { headerName } from './private/header-name';
import { PlaceDocument } from './private/own-parts';
import { SignedTimeUnit } from './signed-time-unit';

/** Where a delivery says when it was signed; the signature must cover it. */
export class SignedTime {
  /** In a header, which `SignedPart.timestamp()` covers. */
  public static header(name: string, unit: SignedTimeUnit): SignedTime {
    return new SignedTime({ header: headerName(name) }, unit);
  }

  /** In the list of signatures, under that label; `SignedPart.timestamp()` covers it. */
  public static label(label: string, unit: SignedTimeUnit): SignedTime {
    return new SignedTime({ label }, unit);
  }

  /** In the JSON body, which is signed. */
  public static pointer(pointer: string, unit: SignedTimeUnit): SignedTime {
    return new SignedTime({ pointer }, unit);
  }

  private constructor(private readonly place: PlaceDocument, private readonly unit: SignedTimeUnit) {}

  /** @internal */
  public _bind(): PlaceDocument & { readonly unit: string } {
    return { ...this.place, unit: this.unit };
  }
}
