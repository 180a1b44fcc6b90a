import { IConstruct } from 'constructs';
import { requireMatch } from '../../private';

/**
 * Start of the keys of a trail's files, up to the folder of each account (AWS CloudTrail User Guide, "Finding your CloudTrail log files"; of an
 * organization "Creating a trail for an organization").
 */
export function objectPrefixOf(organizationId?: string, keyPrefix?: string): string {
  return [...keyPrefix ? [keyPrefix] : [], 'AWSLogs', ...organizationId ? [organizationId] : [], ''].join('/');
}

/** Refuses what is no id of an organization (AWS Organizations API Reference, `Organization`). */
export function requireOrganizationId(scope: IConstruct, id: string | undefined): void {
  if (id === undefined) return;
  requireMatch(scope, 'organizationId', id, /^o-[a-z0-9]{10,32}$/, 'the id of an organization', "write for example 'o-exampleorgid'");
}
