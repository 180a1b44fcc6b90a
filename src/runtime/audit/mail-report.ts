import type { IncidentReport } from './incident-report';
import { MAX_SUMMARY_CHARACTERS } from '../../formats/incident-categories';
import { tryInstant } from '../../formats/instant';
import { membersIn } from '../shared/json-text';

/** From whom reports by e-mail are taken. */
export interface MailSettings {
  /** Domains of staff, in lower case. */
  readonly senderDomains: readonly string[];
}

/** Why a mail is no report; it stays in its bucket for a person to look at. */
export interface NotFromStaff { readonly refused: 'virus' | 'dmarc' | 'spf' | 'sender' }

type Members = Readonly<Record<string, unknown>>;

/** Whether a message is what Amazon SES says of a mail that it has stored (Amazon SES Developer Guide, "Contents of notifications"). */
export function isNotification(body: string): boolean {
  return membersIn(body).notificationType === 'Received';
}

/**
 * Reads what Amazon SES says of a mail; the mail itself stays in its bucket, and the report says where.
 *
 * An address in a mail is a claim. DMARC proves that the domain of the `From` field let it be sent (RFC 7489, 3), by SPF or DKIM in its name: only
 * a mail that passes, of a domain of staff, is a report. Anything else would let whoever knows the address wake people up.
 */
export function mailReportOf(body: string, { senderDomains }: MailSettings, now: number): { readonly report: IncidentReport } | NotFromStaff {
  const { mail, receipt } = membersIn(body) as { mail?: Members; receipt?: Members };
  if (statusOf(receipt, 'virusVerdict') === 'FAIL') return { refused: 'virus' };
  if (statusOf(receipt, 'dmarcVerdict') !== 'PASS') return { refused: 'dmarc' };
  if (statusOf(receipt, 'spfVerdict') === 'FAIL' && statusOf(receipt, 'dkimVerdict') !== 'PASS') return { refused: 'spf' };
  const { from, subject } = Object(mail?.commonHeaders ?? {}) as Members;
  const sender = addressIn(from);
  if (sender === undefined || !senderDomains.includes(sender.slice(sender.lastIndexOf('@') + 1))) return { refused: 'sender' };
  const { objectKey } = Object(receipt?.action ?? {}) as Members;
  const sentAt = tryInstant(mail?.timestamp);
  return {
    report: {
      channel: 'mail',
      reporter: `mail:${sender}`,
      token: String(mail?.messageId),
      category: 'other',
      summary: `${typeof subject === 'string' ? subject : '(no subject)'}\n\nThe mail is the object ${String(objectKey)}.`.slice(0, MAX_SUMMARY_CHARACTERS),
      ...sentAt !== undefined && sentAt <= now ? { detectedAt: sentAt } : {},
    },
  };
}

function statusOf(receipt: Members | undefined, verdict: string): unknown {
  return (Object(receipt?.[verdict] ?? {}) as Members).status;
}

/** The one address of a `From` field; a mail from several has no one sender. */
function addressIn(from: unknown): string | undefined {
  if (!Array.isArray(from) || from.length !== 1 || typeof from[0] !== 'string') return undefined;
  const text = from[0].toLowerCase();
  const [, address] = /^(?:[^<>]*<)?([^\s<>,;"@]{1,64}@[a-z0-9.-]{1,255})>?$/.exec(text) ?? [];
  return address;
}
