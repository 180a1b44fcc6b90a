/** What kind of data a key protects; one key for each keeps the reach of a key's users small, and the number of keys too. */
export enum DataDomain {
  /** Trails, access and application logs, evidence. */
  AUDIT = 'audit',
  /** Passwords, tokens, signing keys. */
  SECRETS = 'secrets',
  /** Queues, topics and buses between integrations. */
  MESSAGING = 'messaging',
  /** Files, tables and databases of the business. */
  DATA = 'data',
}
