import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { foundation, sftp, storage } from '../../src';
import { acknowledgeStar } from '../shared/role-policy';
import { TeamFunction } from '../shared/team-function';

/** Properties of `PartnerFiles`. */
export interface PartnerFilesProps {
  readonly foundation: foundation.IFoundation;
  /** How long an upload, and its clean copy, is kept. */
  readonly retention: Duration;
}

/** Files of partners, which a function notes once each, after they were found clean. */
export class PartnerFiles extends Construct {
  /** Where partners upload. */
  public readonly landing: sftp.SftpLanding;

  constructor(scope: Construct, id: string, props: PartnerFilesProps) {
    super(scope, id);
    const common = { foundation: props.foundation };

    const uploads = new storage.IntegrationQueue(this, 'Uploads', { ...common, visibilityTimeout: Duration.minutes(3) });
    this.landing = new sftp.SftpLanding(this, 'Landing', {
      ...common, target: sftp.UploadTarget.queue(uploads.queue), incomingRetention: props.retention, cleanRetention: props.retention,
    });
    const files = new storage.IntegrationTable(this, 'Files', {
      ...common,
      partitionKey: { name: 'partner', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    const noting = new TeamFunction(this, 'Noting', {
      ...common,
      bundle: join(__dirname, 'assets', 'uploaded-files'),
      description: 'Notes the files of partners that were found clean',
      environment: { FILES_TABLE: files.table.tableName },
      timeout: Duration.seconds(30),
    });
    noting.consume(uploads);
    this.landing.clean.grantReadDelivered(noting.role, 'partners/');
    files.grant(noting.role, 'dynamodb:PutItem');

    acknowledgeStar(noting.role, this.landing.clean.bucket.arnForObjects('partners/*'),
      'the names of files are the partners\' choice, so the function may read whatever lies under partners/, and nothing else');
  }
}
