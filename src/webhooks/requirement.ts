/**
 * Something that must be so of a delivery besides its signature, or it is refused.
 *
 * A header is as good as unsigned unless the scheme covers it; members of the body and claims of a token are signed with them.
 */
export class Requirement {
  /** A header that has one of the values. */
  public static header(name: string, ...values: string[]): Requirement {
    return new Requirement('header', name.toLowerCase(), values);
  }

  /** A member of the JSON body that is one of the texts, `/TopicArn` for example. */
  public static pointer(pointer: string, ...values: string[]): Requirement {
    return new Requirement('pointer', pointer, values);
  }

  /** A claim of the token that is one of the texts; for schemes with a JWT. */
  public static claim(name: string, ...values: string[]): Requirement {
    return new Requirement('claim', name, values);
  }

  private constructor(
    /** @internal */
    public readonly _source: 'header' | 'pointer' | 'claim',
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _values: readonly string[],
  ) {}
}
