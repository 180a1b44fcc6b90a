import * as events from 'aws-cdk-lib/aws-events';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { DeadLetterQueue } from '../../storage';

/** Properties of `LandingEvents`. */
export interface LandingEventsProps {
  readonly foundation: IFoundation;
  readonly bucket: s3.IBucket;
  readonly plan: guardduty.CfnMalwareProtectionPlan;
  readonly router: lambda.Function;
  readonly undelivered: DeadLetterQueue;
}

/**
 * Rules that tell the router what arrived and what was scanned, and people what was not clean (Amazon GuardDuty User Guide, "Monitoring S3 object
 * scans with Amazon EventBridge"). People hear by rules of their own, which work without the router.
 */
export class LandingEvents extends Construct {
  constructor(scope: Construct, id: string, private readonly props: LandingEventsProps) {
    super(scope, id);
    const { bucket, foundation } = props;
    const resources = [props.plan.attrArn];
    const scan = { source: ['aws.guardduty'], detailType: ['GuardDuty Malware Protection Object Scan Result'], resources };
    const s3ObjectDetails = { bucketName: [bucket.bucketName] };

    this.route('Arrived', 'Tells the malware gate of each upload', {
      source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [bucket.bucketName] } },
    });
    this.route('Scanned', 'Tells the malware gate of each scan', { ...scan, detail: { s3ObjectDetails } });
    foundation.notifyOnRule(new events.Rule(this, 'NotClean', {
      description: 'Tells people of each upload that was not found clean',
      eventPattern: { ...scan, detail: { s3ObjectDetails, scanResultDetails: { scanResultStatus: events.Match.anythingBut('NO_THREATS_FOUND') } } },
    }));
    foundation.notifyOnRule(new events.Rule(this, 'NotScanning', {
      description: 'Tells people that uploads are not scanned, or not tagged',
      eventPattern: {
        source: ['aws.guardduty'],
        detailType: [
          'GuardDuty Malware Protection Resource Status Warning', 'GuardDuty Malware Protection Resource Status Error',
          'GuardDuty Malware Protection Post Scan Action Failed',
        ],
        resources,
      },
    }));
  }

  private route(id: string, description: string, eventPattern: events.EventPattern): void {
    const { router, undelivered } = this.props;
    const rule = new events.Rule(this, id, { description, eventPattern });
    rule.addTarget({
      bind: () => ({ arn: router.functionArn, deadLetterConfig: { arn: undelivered.queue.queueArn }, targetResource: router }),
    });
    undelivered.receiveFailuresOf(rule);
    router.addPermission(id, { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
  }
}
