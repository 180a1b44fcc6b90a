import { Lazy } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

/** What Transfer Family tells of operations that failed, on its best effort (AWS Transfer Family User Guide, "SFTP server events"). */
const FAILED = ['File Upload', 'File Download', 'File Delete', 'File Rename', 'Directory Create', 'Directory Delete'].map((what) => `SFTP Server ${what} Failed`);

/** Calls that change who gets in, by what, and how the server shows itself; or that stop it; or that try passwords. */
const GUARDED = [
  'UpdateServer', 'StopServer', 'DeleteServer',
  'ImportHostKey', 'UpdateHostKey', 'DeleteHostKey', 'ExportHostKey',
  'CreateUser', 'UpdateUser', 'DeleteUser', 'ImportSshPublicKey', 'DeleteSshPublicKey',
  'TestIdentityProvider',
];

/** Alerts on operations that failed. */
export function alertOnFailures(scope: Construct, foundation: IFoundation, serverId: string): events.Rule {
  const rule = new events.Rule(scope, 'FailedOperations', {
    description: `Tells of files that could not be transferred by ${scope.node.path}`,
    eventPattern: { source: ['aws.transfer'], detailType: FAILED, detail: { 'server-id': [serverId] } },
  });
  foundation.notifyOnRule(rule);
  return rule;
}

/**
 * Alerts on changes of the server by anyone but functions of the library, deployments included: each is worth a look.
 *
 * EventBridge hears of calls where a trail records management events (Amazon EventBridge User Guide, "AWS service events delivered via AWS CloudTrail").
 *
 * @param expected the roles whose calls are no reason for an alert, asked for when all are known
 */
export function alertOnChanges(scope: Construct, foundation: IFoundation, serverId: string, expected: () => readonly iam.IRole[]): events.Rule {
  const rule = new events.Rule(scope, 'Changes', {
    description: `Tells who changed ${scope.node.path}, or tried passwords there`,
    eventPattern: {
      source: ['aws.transfer'],
      detailType: ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['transfer.amazonaws.com'],
        eventName: GUARDED,
        requestParameters: { serverId: [serverId] },
        userIdentity: {
          sessionContext: {
            sessionIssuer: {
              // Users and the root user have no such member, which 'anything-but' alone would not match.
              arn: Lazy.any({ produce: () => [{ exists: false }, { 'anything-but': expected().map(({ roleArn }) => roleArn) }] }),
            },
          },
        },
      },
    },
  });
  foundation.notifyOnRule(rule);
  return rule;
}
