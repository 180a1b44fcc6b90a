import { Report } from './model';

/** Version of the JSON report's shape; a change that breaks a reader raises it. */
const SCHEMA_VERSION = 1;

/** The report as JSON, for machines. */
export function renderJson(report: Report): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...report }, undefined, 2)}\n`;
}
