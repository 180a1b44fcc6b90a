import { Refused } from './failures';
import { tryJson } from '../shared/json-text';

/** What the function of the user is asked. Every question may come again, also at once, and then has to be answered to the same end. */
export type Question =
  /** Make a credential for this version, or give it its value; it need not work before `activate`. */
  | { readonly action: 'issue'; readonly secretName: string; readonly version: string }
  /** Have it work, beside those that do already; or say whether it does. */
  | { readonly action: 'activate' | 'probe'; readonly secretName: string; readonly version: string; readonly id: string; readonly credential: Credential }
  /** Name all credentials that were made for this secret and still exist, working or not. */
  | { readonly action: 'list'; readonly secretName: string }
  /** Take it one stage further out of use. */
  | { readonly action: 'revoke'; readonly secretName: string; readonly version: string; readonly id: string };

/** Texts by name, `clientId` and `clientSecret` for example. */
export type Credential = Readonly<Record<string, string>>;

/** What the function of the user answers to each question, and nothing beside it. */
export interface Answers {
  readonly issue: { readonly id: string; readonly credential: Credential };
  readonly activate: Readonly<Record<string, never>>;
  readonly probe: { readonly works: boolean };
  readonly list: { readonly issued: ReadonlyArray<{ readonly id: string; readonly version: string; readonly createdAt: string }> };
  readonly revoke: { readonly became: 'disabled' | 'deleted' | 'waiting' };
}

/** In characters of JSON. A secret has 64 kB at most (AWS Secrets Manager User Guide, "AWS Secrets Manager quotas"). */
const MAX_CREDENTIAL = 32_000;
const MAX_ANSWER = 200_000;
const MAX_ISSUED = 500;

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const ID = /^[\x21-\x7e]{1,256}$/;
/** A version is logged; those of Secrets Manager have up to 64 of these. */
const VERSION = /^[\w-]{1,64}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** Reads an answer; refuses one that is not exactly as agreed, and quotes none. */
export function readAnswer<A extends keyof Answers>(action: A, text: string): Answers[A] {
  const answer = text.length > MAX_ANSWER ? undefined : tryJson(text);
  if (!READERS[action](answer)) throw new Refused('unusable-answer', `the answer to '${action}' is not as agreed; see the table in the README of secrets`);
  return answer as Answers[A];
}

const READERS: Readonly<Record<keyof Answers, (answer: unknown) => boolean>> = {
  issue: (answer) => hasOnly(answer, 'id', 'credential') && matches(ID, answer.id) && isCredential(answer.credential),
  activate: (answer) => hasOnly(answer),
  probe: (answer) => hasOnly(answer, 'works') && typeof answer.works === 'boolean',
  list: (answer) => hasOnly(answer, 'issued') && Array.isArray(answer.issued) && answer.issued.length <= MAX_ISSUED && answer.issued.every(isIssued)
    && new Set(answer.issued.map(({ id }) => id)).size === answer.issued.length,
  revoke: (answer) => hasOnly(answer, 'became') && ['disabled', 'deleted', 'waiting'].includes(answer.became as string),
};

/** Whether this is a credential as it is agreed: 1 to 20 texts. */
export function isCredential(value: unknown): value is Credential {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || JSON.stringify(value).length > MAX_CREDENTIAL) return false;
  const members = Object.entries(value);
  return members.length > 0 && members.length <= 20 && members.every(([name, text]) => NAME.test(name) && typeof text === 'string' && text !== '');
}

/** Whether the provider may call a credential so. */
export function isId(value: unknown): value is string {
  return matches(ID, value);
}

function isIssued(value: unknown): value is Answers['list']['issued'][number] {
  return hasOnly(value, 'id', 'version', 'createdAt') && matches(ID, value.id) && matches(VERSION, value.version)
    && matches(TIME, value.createdAt) && !Number.isNaN(Date.parse(value.createdAt as string));
}

function hasOnly(value: unknown, ...names: readonly string[]): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).sort().join() === [...names].sort().join();
}

function matches(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value);
}
