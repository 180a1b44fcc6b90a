import { headerName } from './private/header-name';
import { SourceDocument } from './private/own-parts';

/** Where the signatures of a delivery are. */
export class SignatureSource {
  /** One in each of the headers, of which at least one is there. */
  public static header(...names: string[]): SignatureSource {
    return new SignatureSource({ from: 'header', names: names.map(headerName) });
  }

  /**
   * One in each of the headers `<prefix>1` to `<prefix><most>`.
   *
   * @param most from 1 to 100
   */
  public static numbered(prefix: string, most: number): SignatureSource {
    return new SignatureSource({ from: 'numbered', name: headerName(prefix), most });
  }

  /**
   * Several in one header, each with a label, and maybe the signed time.
   *
   * @param separator what is between entries: a blank, a comma or a semicolon
   * @param assign what is between label and signature: a comma or an equals sign
   */
  public static list(header: string, separator: string, assign: string): SignatureSource {
    return new SignatureSource({ from: 'list', name: headerName(header), separator, assign });
  }

  /** In the JSON body, at that pointer (RFC 6901), so that the body has to be parsed before it is verified. */
  public static body(pointer: string): SignatureSource {
    return new SignatureSource({ from: 'body', pointer });
  }

  private constructor(private readonly source: SourceDocument) {}

  /** @internal */
  public _bind(): SourceDocument {
    return this.source;
  }
}
