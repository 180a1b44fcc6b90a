import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alertTopic } from './alerts';
import { authorizer, Authorizer } from './authorizer';
import { auditKey, messagingKey } from './keys';
import { monitoring } from './monitoring';
import { webAcl } from './web-acl';
import { CERTIFICATE_ARN, DOMAIN_NAME, ENV } from '../../workload';

/** What all APIs share. */
export class SharedStack extends Stack {
  public readonly messagingKey: kms.IKey;
  public readonly auditKey: kms.IKey;
  public readonly alerts: sns.ITopic;
  public readonly accessLog: logs.ILogGroup;
  public readonly webAclArn: string;
  public readonly domain: apigateway.IDomainName;
  public readonly authorizer: Authorizer;

  constructor(scope: Construct, id: string) {
    super(scope, id, { env: ENV });

    this.messagingKey = messagingKey(this);
    this.auditKey = auditKey(this);
    this.alerts = alertTopic(this, this.messagingKey);
    this.webAclArn = webAcl(this, 'orders', this.auditKey).attrArn;
    const accessLog = new logs.LogGroup(this, 'AccessLog', {
      encryptionKey: this.auditKey, retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN,
    });
    this.accessLog = accessLog;
    const logRole = new iam.Role(this, 'LogRole', {
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    logRole.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new apigateway.CfnAccount(this, 'Account', { cloudWatchRoleArn: logRole.roleArn }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    monitoring(this, this.alerts, accessLog, 'orders');

    this.domain = new apigateway.DomainName(this, 'Domain', {
      domainName: DOMAIN_NAME,
      certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', CERTIFICATE_ARN),
      endpointType: apigateway.EndpointType.REGIONAL,
      securityPolicy: apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
      endpointAccessMode: apigateway.EndpointAccessMode.STRICT,
    });
    this.authorizer = authorizer(this, this.alerts, this.auditKey);
  }
}
