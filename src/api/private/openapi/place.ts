import { IConstruct } from 'constructs';
import { ConfigurationError } from '../../../private';

/** References to references, further than which none is followed. */
const MAX_HOPS = 32;

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value of a document and where it stands, so that whatever is wrong with it can be named. */
export class Place {
  /** The whole document. */
  public static root(scope: IConstruct, document: string, value: unknown): Place {
    return new Place(scope, document, value, []);
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly document: string,
    public readonly value: unknown,
    private readonly path: readonly string[],
    private readonly top?: Place,
  ) {}

  /** The whole document. */
  public get root(): Place {
    return this.top ?? this;
  }

  /** JSON pointer as a fragment (RFC 6901, 6). */
  public get pointer(): string {
    return `#${this.path.map((token) => `/${token.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')}`;
  }

  /** The last part of the pointer. */
  public get key(): string {
    return this.path[this.path.length - 1] ?? '';
  }

  /** Whether there is a value. */
  public get exists(): boolean {
    return this.value !== undefined;
  }

  /** The value as text, or nothing. */
  public get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** A member or an item; it does not exist where the value has none of that name. */
  public at(...keys: ReadonlyArray<string | number>): Place {
    return keys.reduce<Place>((place, key) => {
      const { value } = place;
      const own = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
      return new Place(this.scope, this.document, own, [...place.path, String(key)], this.root);
    }, this);
  }

  /** The members of an object, in their order; none where the value is no object. */
  public members(): ReadonlyArray<readonly [string, Place]> {
    return isObject(this.value) ? Object.keys(this.value).map((key) => [key, this.at(key)] as const) : [];
  }

  /** The items of a list; none where the value is no list. */
  public items(): readonly Place[] {
    return Array.isArray(this.value) ? this.value.map((_, index) => this.at(index)) : [];
  }

  /** What stands here, or where the reference that stands here leads. */
  public followed(): Place {
    let place: Place = this;
    for (let hops = 0; isObject(place.value) && place.at('$ref').exists; hops++) {
      if (hops === MAX_HOPS) throw place.error('have references that end', 'one that leads back to itself', 'say what is meant');
      place = place.referenced();
    }
    return place;
  }

  /** Where the reference that stands here leads. */
  public referenced(): Place {
    const at = this.at('$ref');
    const reference = at.text;
    if (reference === undefined) throw at.error('have references of text', typeof at.value, 'write a JSON pointer');
    if (!reference.startsWith('#')) {
      throw at.error('refer to itself alone', `'${reference}'`, 'bundle what it refers to into one document');
    }
    const target = this.root.at(...this.tokens(at, reference));
    if (!target.exists) throw at.error('refer to what it has', `'${reference}'`, 'correct the reference, or add what it refers to');
    return target;
  }

  /** "'document' must <rule>, got <got> at <place>; <remedy>". */
  public error(rule: string, got: string, remedy: string): ConfigurationError {
    return new ConfigurationError(this.scope, `'document' must ${rule}, got ${got} at ${this.document}${this.pointer}; ${remedy}`);
  }

  private tokens(at: Place, reference: string): string[] {
    const pointer = /^#(\/.*)?$/s.exec(reference);
    if (!pointer) throw at.error('refer by JSON pointers', `'${reference}'`, "write for example '#/components/schemas/Order'");
    // A sequence that is no text in UTF-8 makes decodeURIComponent throw.
    const decoded = (pointer[1] ?? '').replace(/(%[0-9a-f]{2})+/gi, (octets) => Buffer.from(octets.replace(/%/g, ''), 'hex').toString('utf8'));
    return decoded.split('/').slice(1).map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
  }
}
