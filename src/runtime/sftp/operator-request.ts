import { isPartnerName } from '../../formats/partner-check';

/** A key as an operator hands it over. */
export interface OfferedKey {
  /** A line such as `ssh-ed25519 AAAA… comment`. */
  readonly key: string;
  readonly notBefore?: string;
  readonly expires: string;
}

/** What operators may ask for. */
export type OperatorRequest =
  | { readonly operation: 'put'; readonly name: string; readonly keys: readonly OfferedKey[]; readonly networks: readonly string[]; readonly disabled: boolean }
  | { readonly operation: 'add-key'; readonly name: string; readonly key: OfferedKey }
  | { readonly operation: 'revoke-key'; readonly name: string; readonly fingerprint: string }
  | { readonly operation: 'remove' | 'suspend' | 'resume' | 'get'; readonly name: string }
  | { readonly operation: 'list'; readonly after?: string };

type Operation = OperatorRequest['operation'];

/** The name of a row, with which a page ends. */
const ROW = /^[\w#:+/.-]{1,200}$/;

const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;

/** Members of each request beside `operation`. */
const MEMBERS: Readonly<Record<Operation, readonly string[]>> = {
  'put': ['name', 'keys', 'networks', 'disabled'],
  'add-key': ['name', 'key'],
  'revoke-key': ['name', 'fingerprint'],
  'remove': ['name'],
  'suspend': ['name'],
  'resume': ['name'],
  'get': ['name'],
  'list': ['after'],
};

/** The most that a record has, and then some; what they are is judged with the record. */
const MAX_NETWORKS = 1000;
const MAX_KEYS = 10;

/** Reads a request; undefined for one that is malformed, or says more than it may. */
export function tryOperatorRequest(event: unknown): OperatorRequest | undefined {
  if (!isObject(event)) return undefined;
  const { operation, name, keys, networks, disabled = false, key, fingerprint, after } = event;
  if (!isOperation(operation)) return undefined;
  if (!Object.keys(event).every((member) => member === 'operation' || MEMBERS[operation].includes(member))) return undefined;
  if (operation === 'list') return after === undefined ? { operation } : isRow(after) ? { operation, after } : undefined;
  if (!isPartnerName(name)) return undefined;
  switch (operation) {
    case 'put':
      return isListOf(keys, MAX_KEYS, isOfferedKey) && isListOf(networks, MAX_NETWORKS, isText) && typeof disabled === 'boolean'
        ? { operation, name, keys, networks, disabled } : undefined;
    case 'add-key':
      return isOfferedKey(key) ? { operation, name, key } : undefined;
    case 'revoke-key':
      return typeof fingerprint === 'string' && FINGERPRINT.test(fingerprint) ? { operation, name, fingerprint } : undefined;
    default:
      return { operation, name };
  }
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'string' && Object.hasOwn(MEMBERS, value);
}

function isRow(value: unknown): value is string {
  return typeof value === 'string' && ROW.test(value);
}

function isOfferedKey(value: unknown): value is OfferedKey {
  if (!isObject(value)) return false;
  const { key, notBefore, expires, ...others } = value;
  return isText(key) && (notBefore === undefined || isText(notBefore)) && isText(expires) && Object.keys(others).length === 0;
}

function isListOf<T>(value: unknown, most: number, isEntry: (entry: unknown) => entry is T): value is T[] {
  return Array.isArray(value) && value.length <= most && value.every(isEntry);
}

/** As long as the longest key, and no longer. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 4096;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
