/** Name of the validation plugin, and so the namespace of the ids that its findings are acknowledged by. */
export const PLUGIN_NAME = 'cdk-secure-integrations';

/** Construct metadata that a waiver leaves; a cloud assembly carries it to whoever reads it later. */
export const WAIVER_METADATA = 'cdk-secure-integrations:waiver';

/** Construct metadata that says what a control cannot enforce on that construct; the report shows it. */
export const LIMIT_METADATA = 'cdk-secure-integrations:limit';

/** Tag by which a domain name says whether it is meant to have mutual TLS: `required`, or anything else. */
export const MUTUAL_TLS_TAG = 'cdk-secure-integrations:mutual-tls';

/** Tag by which a bucket, table or function says what data is behind it: `regulated`, or anything else. */
export const DATA_CLASS_TAG = 'cdk-secure-integrations:data-class';

/** The fewest characters that can say why an exception is right. */
export const MIN_REASON_CHARACTERS = 20;

/** Id of one finding of a control, `CONTROL[finding]`, as reports and acknowledgements write it. */
export function findingId(control: string, finding: string): string {
  return `${control}[${finding}]`;
}

/** Whether text is a day of the calendar, `YYYY-MM-DD` (RFC 3339, 5.6, full-date). */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
