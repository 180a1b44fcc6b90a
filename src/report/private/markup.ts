import { visible } from '../text';

/** A piece of HTML in which every value is escaped. */
export class Markup {
  constructor(private readonly text: string) {}

  public toString(): string {
    return this.text;
  }
}

type Content = Markup | string | number | readonly Content[];

/** Builds HTML from a template literal; whatever is not markup already is escaped, for text and for quoted attributes alike. */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(literals.map((literal, index) => (index === 0 ? literal : escape(contents[index - 1]) + literal)).join(''));
}

/** Takes text as HTML without escaping. Only for constants of this library. */
export function raw(text: string): Markup {
  return new Markup(text);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(content: Content): string {
  if (content instanceof Markup) return content.toString();
  if (Array.isArray(content)) return content.map(escape).join('');
  return visible(String(content)).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
