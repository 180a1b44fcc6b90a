import { tryNormalUri } from './http-uri';
import { tryJson } from '../shared/json-text';

/** What verifying proofs is configured with. */
export interface DpopSettings {
  /** Where clients reach the APIs, as in `https://api.example.com`. */
  readonly origins: readonly string[];
  readonly table: string;
}

/** Reads the configuration from the environment; throws, saying what is wrong. */
export function parseDpopSettings({ ORIGINS, TABLE_NAME }: Readonly<Record<string, string | undefined>>): DpopSettings {
  const origins = tryJson(ORIGINS);
  if (!Array.isArray(origins) || origins.length === 0 || !origins.every(isOrigin)) {
    throw new Error("ORIGINS must be a JSON array of at least one origin, such as 'https://api.example.com'");
  }
  if (!TABLE_NAME) throw new Error('TABLE_NAME must name the table of proofs that were used');
  return { origins, table: TABLE_NAME };
}

function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && tryNormalUri(value) === `${value}/`;
}
