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
export interface NotFromStaff { readonly refused: 'virus' | 'dmarc' | 'sender' | 'unnamed' }

type Members = Readonly<Record<string, unknown>>;

/** What Amazon SES says to a topic that it is told of, which is no report. */
const SUBSCRIBED = 'AmazonSnsSubscriptionSucceeded';

/**
 * Whether Amazon SES says in a message that it has stored a mail (Amazon SES Developer Guide, "Contents of notifications for Amazon SES email
 * receiving"), or that it knows a topic; undefined for a message of somebody else, who may have a member by the same name.
 */
export function notificationOf(body: string): 'mail' | 'subscribed' | undefined {
  const { notificationType, mail, receipt } = membersIn(body);
  if (notificationType === SUBSCRIBED) return 'subscribed';
  return notificationType === 'Received' && (mail !== undefined || receipt !== undefined) ? 'mail' : undefined;
}

/**
 * Reads what Amazon SES says of a mail; the mail itself stays in its bucket, and the report says where.
 *
 * An address in a mail is a claim. DMARC proves that the domain of the `From` field let it be sent (RFC 7489, 3), by SPF or DKIM in its name: only
 * a mail that passes, of a domain of staff, is a report. Anything else would let whoever knows the address wake people up.
 */
export function mailReportOf(body: string, { senderDomains }: MailSettings, now: number): IncidentReport | NotFromStaff {
  const { mail: described, receipt: judged } = membersIn(body);
  const [mail, receipt] = [described, judged].map((each) => Object(each ?? {}) as Members);
  if (statusOf(receipt, 'virusVerdict') === 'FAIL') return { refused: 'virus' };
  if (statusOf(receipt, 'dmarcVerdict') !== 'PASS') return { refused: 'dmarc' };
  const { from, subject } = Object(mail.commonHeaders ?? {}) as Members;
  const sender = addressIn(from);
  if (sender === undefined || !senderDomains.includes(sender.slice(sender.lastIndexOf('@') + 1))) return { refused: 'sender' };
  const { messageId, timestamp } = mail;
  if (typeof messageId !== 'string' || messageId === '') return { refused: 'unnamed' };
  const sentAt = tryInstant(timestamp);
  return {
    channel: 'mail',
    reporter: `mail:${sender}`,
    token: messageId,
    category: 'other',
    // SES keeps a mail under its id.
    summary: `The mail is the object ${messageId}. Its subject: ${typeof subject === 'string' ? subject : '(none)'}`.slice(0, MAX_SUMMARY_CHARACTERS),
    ...sentAt !== undefined && sentAt <= now ? { detectedAt: sentAt } : {},
  };
}

function statusOf(receipt: Members, verdict: string): unknown {
  return (Object(receipt[verdict] ?? {}) as Members).status;
}

/** Anything in a `From` field that a reader of mail may show as an address. */
const ADDRESS = /[^\s<>,;:"'()@]{1,64}@[a-z0-9.-]{1,255}/g;

/** The one address of a `From` field; a mail from several has no one sender. */
function addressIn(from: unknown): string | undefined {
  if (!Array.isArray(from) || from.length !== 1 || typeof from[0] !== 'string') return undefined;
  const text = from[0].toLowerCase();
  // Of two addresses one may be that which DMARC was about, and the other that which is read.
  if (new Set(text.match(ADDRESS)).size !== 1) return undefined;
  const [, address] = /^(?:[^<>]*<)?([^\s<>,;"@]{1,64}@[a-z0-9.-]{1,255})>?$/.exec(text) ?? [];
  return address;
}
