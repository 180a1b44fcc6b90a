/**
 * Who holds a managed external secret, and of what kind it is (AWS Secrets Manager User Guide, "Managed external secrets Partners").
 *
 * The page of a partner says which fields the secret and which metadata its rotation needs.
 */
export class ExternalSecretType {
  /** Client secret of BigID. */
  public static readonly BIGID_CLIENT_SECRET = new ExternalSecretType('BigIDClientSecret');
  /** API key of the Cisco security platform. */
  public static readonly CISCO_SECURITY_PLATFORM_API_KEY = new ExternalSecretType('CiscoSecurityPlatformApiKey');
  /** API key of Confluent Cloud. */
  public static readonly CONFLUENT_CLOUD_API_KEY = new ExternalSecretType('ConfluentCloudApiKey');
  /** Personal access token of Databricks. */
  public static readonly DATABRICKS_PAT = new ExternalSecretType('DatabricksPAT');
  /** Secret of a service principal of Databricks. */
  public static readonly DATABRICKS_SERVICE_PRINCIPAL_SECRET = new ExternalSecretType('DatabricksSPSecret');
  /** API key of Datadog. */
  public static readonly DATADOG_API_KEY = new ExternalSecretType('DatadogApiKey');
  /** Application key of Datadog. */
  public static readonly DATADOG_APPLICATION_KEY = new ExternalSecretType('DatadogApplicationKey');
  /** Access token of GitLab. */
  public static readonly GITLAB_ACCESS_TOKEN = new ExternalSecretType('GitLabAccessToken');
  /** API token of Jenkins. */
  public static readonly JENKINS_API_TOKEN = new ExternalSecretType('JenkinsApiToken');
  /** Database user of MongoDB Atlas. */
  public static readonly MONGODB_ATLAS_DATABASE_USER = new ExternalSecretType('MongoDBAtlasDatabaseUser');
  /** Service account of MongoDB Atlas. */
  public static readonly MONGODB_ATLAS_SERVICE_ACCOUNT = new ExternalSecretType('MongoDBAtlasServiceAccount');
  /** API token of Netskope. */
  public static readonly NETSKOPE_API_TOKEN = new ExternalSecretType('NetskopeApiToken');
  /** API key of Paddle. */
  public static readonly PADDLE_API_KEY = new ExternalSecretType('PaddleApiKey');
  /** Client secret of Salesforce. */
  public static readonly SALESFORCE_CLIENT_SECRET = new ExternalSecretType('SalesforceClientSecret');
  /** Key pair of Snowflake. */
  public static readonly SNOWFLAKE_KEY_PAIR = new ExternalSecretType('SnowflakeKeyPairAuthentication');
  /** Programmatic access token of Snowflake. */
  public static readonly SNOWFLAKE_PAT = new ExternalSecretType('SnowflakePat');

  /**
   * A type that this list does not have yet.
   *
   * @param name the type as the partner's page spells it
   */
  public static of(name: string): ExternalSecretType {
    return new ExternalSecretType(name);
  }

  private constructor(
    /** The type as Secrets Manager spells it. */
    public readonly name: string,
  ) {}
}
