import { headerName } from './private/header-name';
import { PlaceDocument } from './private/own-parts';

/** What tells deliveries apart; the signature must cover it, or whoever captured one could send it as another. */
export class SignedId {
  /** In a header, which `SignedPart.id()` covers. */
  public static header(name: string): SignedId {
    return new SignedId({ header: headerName(name) });
  }

  /** In the JSON body, which is signed. */
  public static pointer(pointer: string): SignedId {
    return new SignedId({ pointer });
  }

  private constructor(private readonly place: PlaceDocument) {}

  /** @internal */
  public _bind(): PlaceDocument {
    return this.place;
  }
}
