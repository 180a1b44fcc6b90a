import { Names, Size, Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TrailTable } from './trail-table';
import { athenaQuery, Question } from '../../formats/review-question';
import { LandingBucket } from '../../storage';
import { IAuditTrail } from '../audit-trail-ref';

/** Days that a named query looks back. */
const DAYS = 7;

/** Where in the bucket of results those of Athena are. */
const PREFIX = 'athena/';

/** What somebody does who runs queries (Service Authorization Reference, "Actions, resources, and condition keys for Amazon Athena"). */
const QUERIES = [
  'athena:BatchGetNamedQuery', 'athena:GetNamedQuery', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:GetWorkGroup', 'athena:ListNamedQueries',
  'athena:ListQueryExecutions', 'athena:StartQueryExecution', 'athena:StopQueryExecution',
];

/** Properties of a `TrailSearch`. */
export interface TrailSearchProps {
  readonly trail: IAuditTrail;
  readonly results: LandingBucket;
  readonly questions: readonly Question[];
  readonly accounts: string[];
  readonly regions?: string[];
  readonly scanLimit: Size;
}

/** Athena over the files of a trail, with a query for each question; for what is older than a log group keeps, or more than a report has. */
export class TrailSearch extends Construct {
  public readonly workGroupName: string;
  private readonly table: TrailTable;

  constructor(scope: Construct, id: string, private readonly props: TrailSearchProps) {
    super(scope, id);
    const { results, questions, trail, accounts, regions, scanLimit } = props;
    this.table = new TrailTable(this, 'Table', { trail, accounts, regions });
    this.workGroupName = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    const workGroup = new athena.CfnWorkGroup(this, 'Resource', {
      name: this.workGroupName,
      description: `Questions to the trail that ${this.node.path} reviews`,
      state: 'ENABLED',
      recursiveDeleteOption: false,
      workGroupConfiguration: {
        // What a client asks for in its place is not heard.
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: scanLimit.toBytes(),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${results.bucket.bucketName}/${PREFIX}`,
          expectedBucketOwner: Stack.of(this).account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: results.encryptionKey.keyArn },
        },
      },
    });
    for (const question of questions) {
      const named = new athena.CfnNamedQuery(this, question.id, {
        name: question.id,
        description: question.title,
        database: this.table.databaseName,
        workGroup: this.workGroupName,
        queryString: athenaQuery(question, this.table.tableName, DAYS),
      });
      named.addDependency(workGroup);
      named.addDependency(this.table.table);
    }
  }

  /** Lets somebody run queries in the work group, over the files of the trail. */
  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    const { trail, results } = this.props;
    const workGroupArn = Stack.of(this).formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.workGroupName });
    return iam.Grant.addToPrincipal({ grantee, actions: QUERIES, resourceArns: [workGroupArn] })
      .combine(iam.Grant.addToPrincipal({ grantee, actions: ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable'], resourceArns: this.table.arns }))
      .combine(iam.Grant.addToPrincipal({ grantee, actions: ['s3:GetBucketLocation'], resourceArns: [results.bucket.bucketArn] }))
      .combine(this.throughS3(results.grantDeliver(grantee, PREFIX).combine(results.grantRead(grantee, PREFIX))))
      .combine(trail.grantRead(grantee));
  }

  /** Ties the use of the key to objects: analysts are people, who have no other business with it. */
  private throughS3(grant: iam.Grant): iam.Grant {
    for (const statement of [...grant.principalStatements, ...grant.resourceStatements]) {
      if (!statement.actions.every((action) => action.startsWith('kms:'))) continue;
      statement.addConditions({ StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } });
    }
    return grant;
  }
}
