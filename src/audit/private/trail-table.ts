import { Names, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { IAuditTrail } from '../audit-trail-ref';

/** Regions of other partitions than the commercial one, whose trails no account of that one has. */
const OTHER_PARTITION = /^(?:cn|us-gov|us-iso|eu-isoe|eusc)/;

/** Management and data events have one folder, those of network activity another (AWS CloudTrail User Guide, "Finding your CloudTrail log files"). */
const FOLDERS = ['CloudTrail', 'CloudTrail-NetworkActivity'];

/** An event's columns (Amazon Athena User Guide, "Create the table for CloudTrail logs in Athena using partition projection"). */
const COLUMNS: Readonly<Record<string, string>> = {
  eventversion: 'string',
  useridentity: 'struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,'
    + 'onbehalfof:struct<userid:string,identitystorearn:string>,'
    + 'sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,sourceidentity:string,'
    + 'sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>,ec2roledelivery:string,'
    + 'webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>>>',
  eventtime: 'string',
  eventsource: 'string',
  eventname: 'string',
  awsregion: 'string',
  sourceipaddress: 'string',
  useragent: 'string',
  errorcode: 'string',
  errormessage: 'string',
  requestparameters: 'string',
  responseelements: 'string',
  additionaleventdata: 'string',
  requestid: 'string',
  eventid: 'string',
  readonly: 'string',
  resources: 'array<struct<arn:string,accountid:string,type:string>>',
  eventtype: 'string',
  apiversion: 'string',
  recipientaccountid: 'string',
  serviceeventdetails: 'string',
  sharedeventid: 'string',
  vpcendpointid: 'string',
  vpcendpointaccountid: 'string',
  eventcategory: 'string',
  addendum: 'struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>',
  sessioncredentialfromconsole: 'string',
  edgedevicedetails: 'string',
  tlsdetails: 'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>',
};

/** Properties of a `TrailTable`. */
export interface TrailTableProps {
  readonly trail: IAuditTrail;
  readonly accounts: string[];
  readonly regions?: string[];
}

/** A table of the files of a trail, whose partitions follow from their names: nothing has to be crawled, and no day is missing. */
export class TrailTable extends Construct {
  public readonly databaseName: string;
  public readonly tableName = 'events';
  public readonly table: glue.CfnTable;

  constructor(scope: Construct, id: string, { trail, accounts, regions = knownRegions() }: TrailTableProps) {
    super(scope, id);
    const catalogId = Stack.of(this).account;
    this.databaseName = Names.uniqueResourceName(this, { maxLength: 100, separator: '_' }).toLowerCase();
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId,
      databaseInput: { name: this.databaseName, description: `Events of the trail that ${this.node.path} reviews` },
    });
    const location = `s3://${trail.bucket.bucketName}/${trail.objectPrefix}`;
    this.table = new glue.CfnTable(this, 'Resource', {
      catalogId,
      databaseName: this.databaseName,
      tableInput: {
        name: this.tableName,
        description: 'Events of a trail, by account, folder, Region and day',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: ['account', 'folder', 'region', 'day'].map((name) => ({ name, type: 'string' })),
        parameters: {
          'classification': 'cloudtrail',
          'projection.enabled': 'true',
          'projection.account.type': 'enum',
          'projection.account.values': accounts.join(','),
          'projection.folder.type': 'enum',
          'projection.folder.values': FOLDERS.join(','),
          'projection.region.type': 'enum',
          'projection.region.values': regions.join(','),
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy/MM/dd',
          // Relative, as nothing at synthesis knows the day (Amazon Athena User Guide, "Supported types for partition projection").
          'projection.day.range': 'NOW-10YEARS,NOW',
          'projection.day.interval': '1',
          'projection.day.interval.unit': 'DAYS',
          'storage.location.template': `${location}\${account}/\${folder}/\${region}/\${day}`,
        },
        storageDescriptor: {
          location,
          columns: Object.entries(COLUMNS).map(([name, type]) => ({ name, type })),
          inputFormat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe' },
        },
      },
    });
    this.table.addDependency(database);
  }

  /** ARNs that a reader of the table names: of the catalog, the database and the table. */
  public get arns(): string[] {
    const stack = Stack.of(this);
    return ['catalog', `database/${this.databaseName}`, `table/${this.databaseName}/${this.tableName}`]
      .map((resource) => `arn:${stack.partition}:glue:${stack.region}:${stack.account}:${resource}`);
  }
}

function knownRegions(): string[] {
  return RegionInfo.regions.map(({ name }) => name).filter((name) => !OTHER_PARTITION.test(name));
}
