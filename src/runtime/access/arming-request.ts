import { tryJson } from '../shared/json-text';

/** What somebody writes who arms emergency access. */
export interface ArmingRequest {
  /** Source identity of whoever is to have it. */
  readonly for: string;
  readonly reason: string;
  readonly ticket: string;
  /** RFC 3339, in UTC. */
  readonly until: string;
}

/** Text that means that nobody is to have access. */
export const DISARMED = 'disarmed';

/** AWS Security Token Service API Reference, "AssumeRole", SourceIdentity; without what policies take for a variable, of which it has none. */
const SOURCE_IDENTITY = /^[\w+=,.@-]{2,64}$/;
const TICKET = /^[\w.:/#-]{1,128}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const MIN_REASON = 10;
const MAX_REASON = 1000;
const MEMBERS = 4;

/** The request in the text of a parameter; `disarmed` where the text says so, and undefined for any other text. */
export function tryReadArming(text: string): ArmingRequest | typeof DISARMED | undefined {
  if (text.trim() === DISARMED) return DISARMED;
  const members = Object(tryJson(text) ?? {}) as Readonly<Record<string, unknown>>;
  const { for: beneficiary, reason, ticket, until } = members;
  // Members that nobody reads are a misunderstanding.
  if (Object.keys(members).length !== MEMBERS) return undefined;
  if (!matches(beneficiary, SOURCE_IDENTITY) || !matches(ticket, TICKET)) return undefined;
  if (!matches(until, INSTANT) || Number.isNaN(Date.parse(until))) return undefined;
  if (typeof reason !== 'string' || reason.trim().length < MIN_REASON || reason.length > MAX_REASON) return undefined;
  return { for: beneficiary, reason, ticket, until };
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}
