import { tryDecode } from './encodings';

/** A bare item (RFC 9651, 3.3); decimals, dates and display strings are in no field that is read here. */
export type BareItem =
  | { readonly type: 'string' | 'token'; readonly value: string }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'bytes'; readonly value: Buffer }
  | { readonly type: 'true' };

export type Parameters = ReadonlyMap<string, BareItem>;

/** An item with parameters; `text` is how it is written. */
export interface Item {
  readonly kind: 'item';
  readonly bare: BareItem;
  readonly parameters: Parameters;
  readonly text: string;
}

/** A list of items with parameters of its own. */
export interface InnerList {
  readonly kind: 'inner-list';
  readonly items: readonly Item[];
  readonly parameters: Parameters;
  readonly text: string;
}

export type Dictionary = ReadonlyMap<string, Item | InnerList>;

/** Members, items of a list and parameters that are read, each. */
const MAX_ENTRIES = 64;

/**
 * Reads a dictionary (RFC 9651, 3.2); undefined if it is none, is not written as RFC 9651, 4.1 serialises it, or names a key twice.
 *
 * What is signed is the serialisation; text that differs from it was changed on its way, or is of a sender that others could not verify either.
 */
export function tryDictionary(text: string): Dictionary | undefined {
  try {
    return new Parser(text).dictionary();
  } catch {
    return undefined;
  }
}

class Parser {
  private index = 0;

  constructor(private readonly text: string) {}

  public dictionary(): Dictionary {
    const members = this.entries(() => [this.take(KEY), this.tries('=') ? this.member() : this.flag()], () => this.trySeparator());
    if (members.size === 0 || this.index < this.text.length) throw new Error('malformed');
    return members;
  }

  private member(): Item | InnerList {
    return this.text[this.index] === '(' ? this.innerList() : this.item();
  }

  private flag(): Item {
    const start = this.index;
    const parameters = this.parameters();
    return { kind: 'item', bare: { type: 'true' }, parameters, text: `?1${this.text.slice(start, this.index)}` };
  }

  private innerList(): InnerList {
    const start = this.index++;
    const items: Item[] = [];
    while (!this.tries(')')) {
      if (items.length === MAX_ENTRIES || (items.length > 0 && !this.tries(' '))) throw new Error('malformed');
      items.push(this.item());
    }
    const parameters = this.parameters();
    return { kind: 'inner-list', items, parameters, text: this.text.slice(start, this.index) };
  }

  private item(): Item {
    const start = this.index;
    const bare = this.bare();
    const parameters = this.parameters();
    return { kind: 'item', bare, parameters, text: this.text.slice(start, this.index) };
  }

  private parameters(): Parameters {
    return this.tries(';') ? this.entries(() => [this.take(KEY), this.tries('=') ? this.bare() : { type: 'true' }], () => this.tries(';')) : new Map();
  }

  private bare(): BareItem {
    const first = this.text[this.index] ?? '';
    if (first === '"') return { type: 'string', value: this.take(STRING).slice(1, -1).replace(/\\(.)/g, '$1') };
    if (first === ':') return { type: 'bytes', value: this.bytes() };
    if (/[-0-9]/.test(first)) return { type: 'integer', value: Number(this.take(INTEGER)) };
    return { type: 'token', value: this.take(TOKEN) };
  }

  private bytes(): Buffer {
    const bytes = tryDecode(this.take(BYTES).slice(1, -1), 'base64');
    if (!bytes) throw new Error('malformed');
    return bytes;
  }

  private entries<T>(entry: () => [string, T], more: () => boolean): ReadonlyMap<string, T> {
    const entries = new Map<string, T>();
    do {
      const [key, value] = entry();
      if (entries.has(key) || entries.size === MAX_ENTRIES) throw new Error('malformed');
      entries.set(key, value);
    } while (more());
    return entries;
  }

  /** Between members blanks are free (RFC 9651, 4.2.2), since members are not signed as they are written. */
  private trySeparator(): boolean {
    SEPARATOR.lastIndex = this.index;
    const [separator] = SEPARATOR.exec(this.text) ?? [''];
    this.index += separator.length;
    return separator !== '';
  }

  private tries(character: string): boolean {
    const found = this.text[this.index] === character;
    if (found) this.index++;
    return found;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.index;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) throw new Error('malformed');
    this.index += found.length;
    return found;
  }
}

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const STRING = /"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y;
const INTEGER = /0|-?[1-9]\d{0,14}/y;
const TOKEN = /[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*/y;
const BYTES = /:[A-Za-z0-9+/=]*:/y;
const SEPARATOR = /[ \t]*,[ \t]*/y;
