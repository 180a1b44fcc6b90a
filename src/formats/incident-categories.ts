/** What an incident may be, as reporters say it; whoever is not sure takes `other`. */
export const INCIDENT_CATEGORIES = [
  'credential-exposed', 'data-disclosed', 'device-lost', 'malware', 'outage', 'phishing', 'unauthorized-access', 'other',
] as const;

export type IncidentCategory = typeof INCIDENT_CATEGORIES[number];

export function isIncidentCategory(value: unknown): value is IncidentCategory {
  return (INCIDENT_CATEGORIES as readonly unknown[]).includes(value);
}

/** Longest summary of a report, in characters. */
export const MAX_SUMMARY_CHARACTERS = 4000;

/** What makes two sendings of a report one report: chosen by the reporter, kept by who sends again. */
export const REPORT_TOKEN = /^[A-Za-z0-9_-]{16,64}$/;
