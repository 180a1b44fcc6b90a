import { IConstruct } from 'constructs';
import { requireMatch } from '../../private';

/** As the function reads it (`runtime/webhooks/receive-settings.ts`); the bucket has its objects of nobody under `unverified`. */
const ENDPOINT = /^(?!unverified$)[a-z0-9][a-z0-9-]{0,63}$/;

/** Refuses what names no receiver: it is part of ids and of places in the bucket, where a pattern would stand for what nobody verified. */
export function requireEndpoint(scope: IConstruct, prop: string, endpoint: string): void {
  requireMatch(scope, prop, endpoint, ENDPOINT, "1 to 64 lower-case letters, digits and hyphens, not 'unverified'", "write for example 'github'");
}
