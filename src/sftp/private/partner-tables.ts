import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { IntegrationTable } from '../../storage';

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/** The table of partners and of whose each key is. `stream` tells of changes. */
export function createPartnerTable(scope: Construct, foundation: IFoundation, stream?: dynamodb.StreamViewType): IntegrationTable {
  return new IntegrationTable(scope, 'Partners', { foundation, partitionKey: text('partner'), stream });
}

/** The table of what happens: failed logins, when a key was last used, what was warned of. */
export function createActivityTable(scope: Construct, foundation: IFoundation): IntegrationTable {
  return new IntegrationTable(scope, 'Activity', { foundation, partitionKey: text('subject'), timeToLiveAttribute: 'expires' });
}

/** The table of verifiers of passwords, as `RotationStrategy.sftpPassword` writes it. */
export function createCredentialTable(scope: Construct, foundation: IFoundation): IntegrationTable {
  return new IntegrationTable(scope, 'Credentials', { foundation, partitionKey: text('holder'), sortKey: text('credential') });
}
