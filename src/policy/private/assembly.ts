import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CfnResource, IPolicyValidationContext, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { WAIVER_METADATA } from '../../compliance';
import { acknowledgementsOn } from '../../private';
import { RecordedAcknowledgement, RecordedWaiver, TemplateSource } from '../../rules';

/** A synthesized app as the rules and the discipline of waivers see it. */
export interface SynthesizedApp {
  readonly templates: readonly TemplateSource[];
  /** Path of each template's file, by the template's name. */
  readonly files: ReadonlyMap<string, string>;
  /** Construct path of each resource, by template name and logical id; it knows more than the metadata in the template. */
  readonly constructPaths: ReadonlyMap<string, string>;
  readonly waivers: readonly RecordedWaiver[];
  readonly acknowledgements: readonly RecordedAcknowledgement[];
  /** Paths of everything that is too broad for an exception: the app, stages and stacks. */
  readonly broadPaths: readonly string[];
}

/** Key of a resource in `SynthesizedApp.constructPaths`. */
export function placeOf(template: string, logicalId: string): string {
  return `${template} ${logicalId}`;
}

/** Reads what the check needs from the construct tree and the templates that it was synthesized to. */
export function readApp(context: IPolicyValidationContext): SynthesizedApp {
  const nodes = context.appConstruct.node.findAll();
  const stacks = new Map(nodes.filter((node): node is Stack => Stack.isStack(node)).map((stack) => [stack.templateFile, stack]));

  const files = new Map<string, string>();
  const templates = context.stackTemplates.map(({ templatePath, accountId, region }): TemplateSource => {
    const name = stacks.get(basename(templatePath))?.node.path ?? basename(templatePath);
    files.set(name, templatePath);
    return {
      name,
      template: JSON.parse(readFileSync(templatePath, 'utf8')) as unknown,
      ...(accountId !== undefined && { account: accountId }),
      ...(region !== undefined && { region }),
    };
  });

  return {
    templates,
    files,
    constructPaths: new Map(nodes.filter((node) => CfnResource.isCfnResource(node)).map((node) => [
      placeOf(node.stack.node.path, node.stack.resolve(node.logicalId) as string), node.node.path,
    ])),
    waivers: nodes.flatMap(waiversOn),
    acknowledgements: nodes.flatMap((node) => acknowledgementsOn(node).map((record) => ({ constructPath: node.node.path, ...record }))),
    broadPaths: nodes.filter((node) => Stack.isStack(node) || Stage.isStage(node)).map((node) => node.node.path),
  };
}

function waiversOn(node: IConstruct): RecordedWaiver[] {
  return node.node.metadata
    .filter((entry) => entry.type === WAIVER_METADATA)
    .map((entry) => ({ constructPath: node.node.path, ...(entry.data as Omit<RecordedWaiver, 'constructPath'>) }));
}
