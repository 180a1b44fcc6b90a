import { Environment, matching, whole } from '../shared/environment';

/** AWS Transfer Family API Reference, "DescribeServer", ServerId. */
const SERVER_ID = /^s-[0-9a-f]{17}$/;

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Reads `SERVER_ID`. */
export function serverId(environment: Environment): string {
  return matching(environment, 'SERVER_ID', SERVER_ID, 'the id of a server of AWS Transfer Family');
}

/** Reads a number of days, as milliseconds. */
export function days(environment: Environment, name: string, least: number, most: number): number {
  return whole(environment, name, least, most) * DAY_MILLISECONDS;
}
