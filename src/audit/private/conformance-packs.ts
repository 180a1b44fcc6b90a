import { existsSync, readFileSync } from 'node:fs';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ConfigurationError, requireMatch } from '../../private';
import type { ConformancePack } from '../conformance-pack';

/** Where the template of a pack is. */
export type PackTemplate = { readonly path: string } | { readonly uri: string } | { readonly document: string };

/** AWS Config API Reference, "PutConformancePack". */
const NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,255}$/;
const MOST_BYTES = 300 * 1024;
const MOST_PARAMETERS = 60;

/** The two kinds of resources that a pack may have (AWS Config Developer Guide, "Custom conformance packs"). */
const RESOURCES = ['AWS::Config::ConfigRule', 'AWS::Config::RemediationConfiguration'];
/** In YAML at the start of a line, in JSON after a brace or a comma as well. */
const TYPE = /(?:^|[{,])\s*"?Type"?\s*:\s*["']?([\w-]+::[\w:-]+)/gm;

/** Makes packs, one after the other. */
export function addConformancePacks(scope: Construct, packs: readonly ConformancePack[]): readonly config.CfnConformancePack[] {
  let before: config.CfnConformancePack | undefined;
  return packs.map((pack) => {
    const name = pack._name();
    requireMatch(scope, 'name', name, NAME, 'letters, digits and hyphens after a letter', 'choose another name');
    const parameters = Object.entries(pack._parameters()).map(([parameterName, parameterValue]) => ({ parameterName, parameterValue }));
    if (parameters.length > MOST_PARAMETERS) {
      throw new ConfigurationError(scope, `'parameters' must be ${MOST_PARAMETERS} at most, got ${parameters.length}; write the others into the template`);
    }
    const made = new config.CfnConformancePack(scope, `Pack-${name}`, {
      conformancePackName: name,
      ...parameters.length > 0 && { conformancePackInputParameters: parameters },
      ...templateOf(scope, name, pack._template()),
    });
    made.applyRemovalPolicy(RemovalPolicy.RETAIN);
    // AWS Config makes the packs of an account one at a time, and refuses another meanwhile (API Reference, "PutConformancePack", ResourceInUseException).
    if (before) made.addDependency(before);
    before = made;
    return made;
  });
}

function templateOf(scope: Construct, name: string, template: PackTemplate): Pick<config.CfnConformancePackProps, 'templateS3Uri' | 'templateSsmDocumentDetails'> {
  if ('uri' in template) return { templateS3Uri: template.uri };
  // The L1 leaves this property's members as they are.
  if ('document' in template) return { templateSsmDocumentDetails: { DocumentName: template.document } };
  requireTemplate(scope, template.path);
  return { templateS3Uri: new assets.Asset(scope, `Template-${name}`, { path: template.path }).s3ObjectUrl };
}

/** Refuses early what AWS Config would refuse after minutes. */
function requireTemplate(scope: Construct, path: string): void {
  if (!existsSync(path)) {
    throw new ConfigurationError(scope, `'path' must name a file, got '${path}', which is not there; download the pack from awslabs/aws-config-rules, or correct the path`);
  }
  const text = readFileSync(path);
  if (text.length > MOST_BYTES) {
    throw new ConfigurationError(scope, `'path' must name a file of ${MOST_BYTES} bytes at most, got ${text.length}; split the pack`);
  }
  const types = [...text.toString().matchAll(TYPE)].map(([, type]) => type);
  const other = types.find((type) => !RESOURCES.includes(type));
  if (types.length === 0 || other !== undefined) {
    throw new ConfigurationError(scope, `'path' must name a template of ${RESOURCES.join(' and ')}, got ${other ?? 'a file without resources'}; name another file`);
  }
}
