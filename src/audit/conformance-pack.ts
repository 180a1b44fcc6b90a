import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { PackTemplate } from './private/conformance-packs';

/** Options of a `ConformancePack`. */
export interface ConformancePackOptions {
  /**
   * Values of the template's parameters.
   *
   * @default - the template's own
   */
  readonly parameters?: Record<string, string>;
}

/**
 * A conformance pack: rules of AWS Config that are deployed together, and judged as one.
 *
 * AWS publishes packs for HIPAA, PCI DSS, CIS and more than a hundred others in the GitHub repository `awslabs/aws-config-rules`, folder
 * `aws-config-conformance-packs`. Keep the edition that your auditor agreed to beside your app, and name it with `fromFile`: this package carries
 * no copy, which would age.
 */
export class ConformancePack {
  /**
   * The template in a file, which the deployment uploads as an asset, of 300 KB at most.
   *
   * @param name name of the pack in AWS Config
   * @param path path of the file
   */
  public static fromFile(name: string, path: string, options: ConformancePackOptions = {}): ConformancePack {
    return new ConformancePack(name, options, { path });
  }

  /**
   * The template in a bucket, which whoever deploys has to be able to read.
   *
   * @param name name of the pack in AWS Config
   * @param key key of the object
   */
  public static fromBucket(name: string, bucket: s3.IBucket, key: string, options: ConformancePackOptions = {}): ConformancePack {
    return new ConformancePack(name, options, { uri: bucket.s3UrlForObject(key) });
  }

  /**
   * The template in a document of AWS Systems Manager, of this account and Region.
   *
   * @param name name of the pack in AWS Config
   * @param document document of the type `ConformancePackTemplate`
   */
  public static fromDocument(name: string, document: ssm.CfnDocument, options: ConformancePackOptions = {}): ConformancePack {
    return new ConformancePack(name, options, { document: document.ref });
  }

  private constructor(private readonly name: string, private readonly options: ConformancePackOptions, private readonly template: PackTemplate) {}

  /** @internal */
  public _name(): string {
    return this.name;
  }

  /** @internal */
  public _parameters(): Readonly<Record<string, string>> {
    return this.options.parameters ?? {};
  }

  /** @internal */
  public _template(): PackTemplate {
    return this.template;
  }
}
