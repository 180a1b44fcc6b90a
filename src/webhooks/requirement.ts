import { headerName } from './private/header-name';

/**
 * Something that must be so of a delivery besides its signature, or it is refused.
 *
 * A header is as good as unsigned unless the scheme covers it; members of the body and claims of a token are signed with them.
 *
 * @example
 * const scheme = webhooks.SignatureScheme.slack({ require: [webhooks.Requirement.pointer('/team_id', 'T024BE7LD')] });
 */
export class Requirement {
  /** A header that has one of the values, from 1 to 256. */
  public static header(name: string, ...values: string[]): Requirement {
    return new Requirement('header', headerName(name), values);
  }

  /** A member of the JSON body that is one of the texts, `/TopicArn` for example. */
  public static pointer(pointer: string, ...values: string[]): Requirement {
    return new Requirement('pointer', pointer, values);
  }

  /** A claim of the token that is one of the texts; for schemes with a JWT. */
  public static claim(name: string, ...values: string[]): Requirement {
    return new Requirement('claim', name, values);
  }

  private constructor(private readonly source: 'header' | 'pointer' | 'claim', private readonly name: string, private readonly values: string[]) {}

  /** @internal */
  public _bind(): { readonly source: 'header' | 'pointer' | 'claim'; readonly name: string; readonly values: readonly string[] } {
    return { source: this.source, name: this.name, values: this.values };
  }
}
