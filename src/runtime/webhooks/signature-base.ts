import { tryForm } from './canonical/form';
import { Delivery, headerValues } from './delivery';
import type { InnerList, Item } from './structured-fields';

/**
 * The signature base of a request (RFC 9421, 2.5); undefined if a component is not there, is not known, or is listed twice.
 *
 * Of the parameters of components only `name` of `@query-param` is known; the others change what is signed and are refused.
 */
export function trySignatureBase(delivery: Delivery, covered: InnerList): string | undefined {
  const lines = covered.items.map((item) => {
    const value = tryComponent(delivery, item);
    return value === undefined ? undefined : `${item.text}: ${value}\n`;
  });
  const isClear = lines.every((line) => line !== undefined) && new Set(covered.items.map(({ text }) => text)).size === covered.items.length;
  return isClear ? `${lines.join('')}"@signature-params": ${covered.text}` : undefined;
}

/** Names of the components that are covered as a whole. */
export function coveredComponents({ items }: InnerList): readonly string[] {
  return items.flatMap(({ bare, parameters }) => bare.type === 'string' && parameters.size === 0 ? [bare.value] : []);
}

function tryComponent(delivery: Delivery, { bare, parameters }: Item): string | undefined {
  if (bare.type !== 'string') return undefined;
  if (bare.value === '@query-param') return tryQueryParameter(delivery.url, parameters.get('name'), parameters.size);
  if (parameters.size > 0) return undefined;
  const derive = DERIVED.get(bare.value);
  return derive ? derive(delivery, new URL(delivery.url)) : tryField(delivery, bare.value);
}

/** Derived components of a request (RFC 9421, 2.2). The URL is the configured one, so that `Host` has no say. */
const DERIVED: ReadonlyMap<string, (delivery: Delivery, url: URL) => string> = new Map([
  ['@method', ({ method }: Delivery) => method],
  ['@target-uri', ({ url }: Delivery) => url],
  ['@authority', (_: Delivery, { host }: URL) => host],
  ['@scheme', (_: Delivery, { protocol }: URL) => protocol.slice(0, -1)],
  ['@request-target', (_: Delivery, { pathname, search }: URL) => pathname + search],
  ['@path', (_: Delivery, { pathname }: URL) => pathname],
  ['@query', (_: Delivery, { search }: URL) => search || '?'],
]);

/** All lines of a field, joined (RFC 9421, 2.1). */
function tryField(delivery: Delivery, name: string): string | undefined {
  const values = /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) ? headerValues(delivery, name) : [];
  return values.length > 0 && values.every((value) => /^[\t\x20-\x7e]*$/.test(value)) ? values.join(', ') : undefined;
}

/** The one parameter of that name (RFC 9421, 2.2.8). */
function tryQueryParameter(url: string, name: Item['bare'] | undefined, parameters: number): string | undefined {
  if (name?.type !== 'string' || parameters !== 1) return undefined;
  const fields = tryForm(new URL(url).search.slice(1));
  const [value, ...others] = (fields ?? []).filter(([other]) => encoded(other) === name.value);
  return value && others.length === 0 ? encoded(value[1]) : undefined;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
