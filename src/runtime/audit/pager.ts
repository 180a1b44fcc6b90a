import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Deadline, IncidentRecord } from './incident-record';
import type { Page } from './page-plan';

type Paged = Pick<IncidentRecord, 'id' | 'category' | 'reportedAt' | 'state'>;

/** Tells people of incidents. SNS delivers text unencrypted to mailboxes and phones: a page says which incident, never what was reported or by whom. */
export class Pager {
  constructor(private readonly client: Pick<SNSClient, 'send'>) {}

  /** Sends a page; throws unless the topic took it. */
  public async page(incident: Paged, page: Page, now: number): Promise<void> {
    await this.client.send(new PublishCommand({
      TopicArn: page.topicArn,
      Subject: `Incident ${incident.id}: ${page.kind}`,
      Message: textOf(incident, page, now),
      // By which receivers know a page that comes twice.
      MessageAttributes: {
        incident: { DataType: 'String', StringValue: incident.id },
        page: { DataType: 'String', StringValue: `${page.series}@${page.at}` },
      },
    }));
  }
}

function textOf({ id, category, reportedAt, state }: Paged, { kind, deadline }: Page, now: number): string {
  return [deadline ? deadlineSentence(deadline, now) : silenceSentence(kind, state), `Incident: ${id}`, `Category: ${category}`, `Reported: ${new Date(reportedAt).toISOString()}`].join('\n');
}

function silenceSentence(kind: Page['kind'], state: IncidentRecord['state']): string {
  if (state !== 'open') return `An incident was reported, and is ${state} already.`;
  return kind === 'reported' ? 'An incident was reported. Acknowledge it.' : 'Nobody has acknowledged this incident. Acknowledge it.';
}

function deadlineSentence({ regime, step, what, dueAt }: Deadline, now: number): string {
  const name = `${what} (${regime}/${step})`;
  const time = new Date(dueAt).toISOString();
  // By the clock and not by the kind: a run may be late.
  return now < dueAt ? `Due at ${time}: ${name}. Say when it is done, or why it is not due.` : `Overdue since ${time}: ${name}. Say when it was done, or why it is not due.`;
}
