import { Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ConfigurationError } from '../private';
import { BoundTarget } from './private/bound-target';

/**
 * Where an inbox hands events over.
 *
 * A target gets each event as JSON, at least once, under one `dedupeId`: `{ dedupeId, endpoint, receivedAt, integrity, signedAtSeconds?, headers,
 * bodySha256, bodyBase64 | bodyAt: { bucket, key } }`. Bodies over 64 KiB are in the bucket. A target is in the Region of its inbox; one of another account has
 * to let the roles of the inbox in by a policy of its own.
 *
 * @example
 * const received = new storage.IntegrationQueue(this, 'Received');
 * new webhooks.WebhookInbox(this, 'Inbox', { target: webhooks.WebhookTarget.queue(received.queue) });
 */
export class WebhookTarget {
  /** A queue, encrypted or not. A FIFO queue drops the same `dedupeId` for five minutes, and keeps no order among events. */
  public static queue(queue: sqs.IQueue): WebhookTarget {
    return new WebhookTarget(queue.queueArn, queue.env.region, (role) => {
      allow(role, 'sqs:SendMessage', queue.queueArn);
      // SQS reuses data keys, so a sender decrypts one as well (Amazon SQS Developer Guide, "Key management").
      queue.encryptionMasterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    });
  }

  /** An event bus: source `cdk-secure-integrations.webhooks`, detail type `Webhook Received`, the event as its detail. It knows no duplicates. */
  public static eventBus(bus: events.IEventBus): WebhookTarget {
    return new WebhookTarget(bus.eventBusArn, bus.env.region, (role) => allow(role, 'events:PutEvents', bus.eventBusArn));
  }

  /** A function, invoked asynchronously. It has to tell events apart by `dedupeId`, and needs a dead-letter queue or a destination of its own. */
  public static lambdaFunction(handler: lambda.IFunction): WebhookTarget {
    return new WebhookTarget(handler.functionArn, handler.env.region, (role) => allow(role, 'lambda:InvokeFunction', handler.functionArn));
  }

  /** A state machine. `dedupeId` names the execution, so that a standard workflow starts once for each event; an express workflow may start again. */
  public static stateMachine(stateMachine: sfn.IStateMachine): WebhookTarget {
    return new WebhookTarget(stateMachine.stateMachineArn, stateMachine.env.region, (role) => allow(role, 'states:StartExecution', stateMachine.stateMachineArn));
  }

  private constructor(private readonly arn: string, private readonly region: string, private readonly grant: (role: iam.Role) => void) {}

  /** @internal */
  public _bind(inbox: Construct): BoundTarget {
    requireRegion(inbox, this.region);
    return { arn: this.arn, grant: this.grant };
  }
}

/** The functions call the services of their own Region, so that each event would be dead in the end. */
function requireRegion(inbox: Construct, region: string): void {
  const { region: own } = Stack.of(inbox);
  if (Token.isUnresolved(own) || Token.isUnresolved(region) || own === region) return;
  throw new ConfigurationError(inbox, `'target' must be in the Region of the inbox, '${own}', got one in '${region}'; hand over to an event bus, and forward from there by a rule`);
}

function allow(role: iam.Role, action: string, arn: string): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [action], resources: [arn] }));
}
