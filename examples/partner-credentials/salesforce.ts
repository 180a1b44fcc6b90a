import { Construct } from 'constructs';
import { foundation, secrets } from '../../src';

/** A connected app at Salesforce, as its pages name it. None of this is secret. */
export interface ConnectedApp {
  readonly baseUri: string;
  readonly appId: string;
  readonly consumerId: string;
  readonly consumerKey: string;
}

/** Properties of a `SalesforceAccess`. */
export interface SalesforceAccessProps {
  readonly foundation: foundation.IFoundation;
  readonly app: ConnectedApp;
}

/** A client secret that AWS Secrets Manager rotates together with Salesforce. Somebody puts the first one within an hour of the deployment. */
export class SalesforceAccess extends Construct {
  public readonly clientSecret: secrets.ManagedExternalSecret;

  constructor(scope: Construct, id: string, { foundation: shared, app }: SalesforceAccessProps) {
    super(scope, id);
    this.clientSecret = new secrets.ManagedExternalSecret(this, 'ClientSecret', {
      foundation: shared,
      secretType: secrets.ExternalSecretType.SALESFORCE_CLIENT_SECRET,
      rotationMetadata: { apiVersion: 'v65.0' },
      placeholder: { consumerKey: app.consumerKey, baseUri: app.baseUri, appId: app.appId, consumerId: app.consumerId },
      credentialField: 'consumerSecret',
    });
  }
}
