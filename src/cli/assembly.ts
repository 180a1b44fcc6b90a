import { isAbsolute, join, normalize } from 'node:path';
import { InputError } from './errors';
import { readJson, readTemplate, statOf } from './input-file';
import { isObject, Json, objectAt, textAt } from './json';
import { Ports } from './ports';
import { nestedIn, unseenIn } from './unseen';
import { readValidationReport } from './validation-report';
import { LIMIT_METADATA, WAIVER_METADATA } from '../compliance';
import { PackFinding, ReportLimit } from '../report';
import { RecordedAcknowledgement, RecordedWaiver, TemplateSource } from '../rules';

/** What there is to check, from a cloud assembly or from one template. */
export interface CheckInput {
  readonly templates: readonly TemplateSource[];
  /** Path of each template's file below the input's root, by the template's name. */
  readonly files: Readonly<Record<string, string>>;
  readonly waivers: readonly RecordedWaiver[];
  readonly acknowledgements: readonly RecordedAcknowledgement[];
  /** The app, stages and stacks, on which no exception may stand. */
  readonly broadPaths: readonly string[];
  readonly packFindings: readonly PackFinding[];
  readonly limits: readonly ReportLimit[];
  /** What could not be looked at. */
  readonly notes: readonly string[];
}

/** Where the CDK keeps the acknowledgements of a construct (aws-cdk-lib, Validations.ACKNOWLEDGED_RULES_METADATA_KEY). */
const ACKNOWLEDGED_RULES_METADATA = 'aws:cdk:acknowledged-rules';

const LOGICAL_ID_METADATA = 'aws:cdk:logicalId';

/** More nested assemblies, or nested stacks within each other, are a loop. */
const MAX_NESTING = 20;

/** Reads a directory as a cloud assembly, and a file as a template. */
export function readInput(ports: Ports, path: string): CheckInput {
  const info = statOf(ports.files, path);
  if (info?.kind !== 'directory') {
    const template = readTemplate(ports.files, path);
    return {
      templates: [{ name: path, template }],
      files: { [path]: path },
      waivers: [],
      acknowledgements: [],
      broadPaths: [''],
      packFindings: [],
      limits: [],
      notes: [...unseenIn(path, template), ...nestedIn(path, template)],
    };
  }
  if (!statOf(ports.files, join(path, 'manifest.json'))) {
    throw new InputError(path, 'the directory has no manifest.json, so it is no cloud assembly', "run 'cdk synth', then name its output directory");
  }
  return new AssemblyReader(ports).read(path);
}

/** Collects what the manifests of an assembly and of its stages name. */
class AssemblyReader {
  private readonly templates: TemplateSource[] = [];
  private readonly files: Record<string, string> = {};
  private readonly waivers: RecordedWaiver[] = [];
  private readonly acknowledgements: RecordedAcknowledgement[] = [];
  private readonly broadPaths = new Set(['']);
  private readonly packFindings: PackFinding[] = [];
  private readonly limits: ReportLimit[] = [];
  private readonly notes: string[] = [];

  constructor(private readonly ports: Ports) {}

  public read(directory: string): CheckInput {
    this.readAssembly(directory, 0);
    return {
      templates: this.templates,
      files: this.files,
      waivers: this.waivers,
      acknowledgements: [...new Map(this.acknowledgements.map((each) => [JSON.stringify(each), each])).values()],
      broadPaths: [...this.broadPaths],
      packFindings: this.packFindings,
      limits: this.limits,
      notes: this.notes,
    };
  }

  private readAssembly(directory: string, depth: number): void {
    const path = join(directory, 'manifest.json');
    if (depth > MAX_NESTING) throw new InputError(path, `assemblies nest deeper than ${MAX_NESTING} levels`, 'synthesize again');
    const manifest = readJson(this.ports.files, path);
    if (!isObject(manifest) || !isObject(manifest.artifacts ?? {})) {
      throw new InputError(path, 'this is no manifest of a cloud assembly', "run 'cdk synth' again");
    }
    const artifacts = Object.entries(objectAt(manifest, 'artifacts')).filter((entry): entry is [string, Json] => isObject(entry[1]));
    const assets = this.readAssets(directory, artifacts.map(([, artifact]) => artifact));

    for (const [id, artifact] of artifacts) {
      const properties = objectAt(artifact, 'properties');
      if (artifact.type === 'aws:cloudformation:stack') this.readStack(directory, path, id, artifact, assets);
      if (artifact.type === 'cdk:cloud-assembly') {
        const stagePath = textAt(properties, 'displayName');
        if (stagePath) this.broadPaths.add(stagePath);
        this.readAssembly(join(directory, inside(path, textAt(properties, 'directoryName'), `directoryName of '${id}'`)), depth + 1);
      }
    }
    this.readPacks(directory);
  }

  private readStack(directory: string, manifestPath: string, id: string, artifact: Json, assets: ReadonlyMap<string, string>): void {
    const properties = objectAt(artifact, 'properties');
    const templateFile = inside(manifestPath, textAt(properties, 'templateFile'), `templateFile of '${id}'`);
    const stackPath = textAt(artifact, 'displayName') || id;
    const metadata = this.readMetadata(directory, manifestPath, id, artifact);
    const [, account, region] = /^aws:\/\/(\d{12}|unknown-account)\/([a-z0-9-]+)$/.exec(textAt(artifact, 'environment')) ?? [];

    this.addTemplate({
      directory,
      file: templateFile,
      stackPath,
      assets,
      constructPaths: metadata.constructPaths,
      environment: {
        ...(account !== undefined && account !== 'unknown-account' && { account }),
        ...(region !== undefined && region !== 'unknown-region' && { region }),
      },
    }, 0);
    this.waivers.push(...metadata.waivers);
    this.limits.push(...metadata.limits);
    this.acknowledgements.push(...metadata.acknowledgements);
  }

  private addTemplate(stack: StackToRead, depth: number): void {
    const path = join(stack.directory, stack.file);
    if (depth > MAX_NESTING) throw new InputError(path, `stacks nest deeper than ${MAX_NESTING} levels`, 'synthesize again');
    const template = readTemplate(this.ports.files, path);
    const resources = isObject(template) ? Object.entries(objectAt(template, 'Resources')) : [];
    const nested = resources.filter(([, resource]) => isObject(resource) && resource.Type === 'AWS::CloudFormation::Stack')
      .map(([logicalId, resource]) => ({
        logicalId,
        file: nestedFile(resource as Json, stack.assets),
        path: nestedPath(stack, logicalId, resource as Json),
      }));
    const others = nested.flatMap((each) => (each.path === undefined ? [] : [each.path]));

    const name = Object.hasOwn(this.files, stack.stackPath) ? `${stack.stackPath} (${path})` : stack.stackPath;
    this.files[name] = path;
    this.broadPaths.add(stack.stackPath);
    this.templates.push({ name, template: isObject(template) ? withPaths(template, pathsBelow(stack, others)) : template, ...stack.environment });
    this.notes.push(...unseenIn(name, template));
    for (const each of nested) {
      if (each.file === undefined || !statOf(this.ports.files, join(stack.directory, each.file))) {
        this.notes.push(`${stack.stackPath}: the template of the nested stack '${each.logicalId}' is not in the assembly`);
      } else {
        const file = inside(path, each.file, `template of '${each.logicalId}'`);
        this.addTemplate({ ...stack, file, stackPath: each.path ?? `${stack.stackPath}/${each.logicalId}` }, depth + 1);
      }
    }
  }

  /** Metadata stands in the manifest, or since CDK 2.237 in a file beside it. */
  private readMetadata(directory: string, manifestPath: string, id: string, artifact: Json): StackMetadata {
    const constructPaths: Array<[string, string]> = [];
    const waivers: RecordedWaiver[] = [];
    const limits: ReportLimit[] = [];
    const acknowledgements: RecordedAcknowledgement[] = [];
    const file = artifact.additionalMetadataFile === undefined ? undefined
      : inside(manifestPath, artifact.additionalMetadataFile, `additionalMetadataFile of '${id}'`);
    const more = file === undefined ? {} : readJson(this.ports.files, join(directory, file));
    const entries = [...Object.entries(objectAt(artifact, 'metadata')), ...Object.entries(isObject(more) ? more : {})];

    for (const [key, list] of entries) {
      const constructPath = key.replace(/^\//, '');
      for (const entry of Array.isArray(list) ? list as unknown[] : []) {
        if (!isObject(entry)) continue;
        const data = isObject(entry.data) ? entry.data : {};
        if (entry.type === LOGICAL_ID_METADATA && typeof entry.data === 'string') constructPaths.push([constructPath, entry.data]);
        if (entry.type === WAIVER_METADATA) waivers.push(waiverOf(constructPath, data));
        if (entry.type === LIMIT_METADATA) limits.push({ constructPath, control: textAt(data, 'control'), text: textAt(data, 'text') });
        if (entry.type === ACKNOWLEDGED_RULES_METADATA) {
          acknowledgements.push(...Object.entries(data).map(([rule, reason]) => ({ constructPath, id: rule, reason: reasonOf(reason) })));
        }
      }
    }
    return { constructPaths, waivers, limits, acknowledgements };
  }

  /** File of each file asset, by its hash, which the URL of a nested stack contains. */
  private readAssets(directory: string, artifacts: readonly Json[]): Map<string, string> {
    const manifests = artifacts.filter((artifact) => artifact.type === 'cdk:asset-manifest').map((artifact) => textAt(objectAt(artifact, 'properties'), 'file'));
    return new Map(manifests.flatMap((file) => {
      const path = join(directory, inside(join(directory, 'manifest.json'), file, "the asset manifest's 'file'"));
      const manifest = readJson(this.ports.files, path);
      return Object.entries(isObject(manifest) ? objectAt(manifest, 'files') : {})
        .map(([hash, asset]): [string, string] => [hash, isObject(asset) ? textAt(objectAt(asset, 'source'), 'path') : ''])
        .filter(([, source]) => source.endsWith('.template.json'));
    }));
  }

  private readPacks(directory: string): void {
    const path = join(directory, 'validation-report.json');
    if (!statOf(this.ports.files, path)) return;
    const { findings, acknowledgements } = readValidationReport(path, readJson(this.ports.files, path));
    this.packFindings.push(...findings);
    this.acknowledgements.push(...acknowledgements);
  }
}

interface StackToRead {
  readonly directory: string;
  readonly file: string;
  readonly stackPath: string;
  readonly assets: ReadonlyMap<string, string>;
  /** Pairs of construct path and logical id, for the stack and the stacks that are nested in it. */
  readonly constructPaths: ReadonlyArray<readonly [string, string]>;
  readonly environment: { readonly account?: string; readonly region?: string };
}

interface StackMetadata {
  readonly constructPaths: ReadonlyArray<readonly [string, string]>;
  readonly waivers: readonly RecordedWaiver[];
  readonly limits: readonly ReportLimit[];
  readonly acknowledgements: readonly RecordedAcknowledgement[];
}

/** A path that a manifest names, which must stay in the assembly. */
function inside(manifestPath: string, named: unknown, what: string): string {
  if (typeof named !== 'string' || named === '') throw new InputError(manifestPath, `${what} is missing`, "run 'cdk synth' again");
  const path = normalize(named);
  if (isAbsolute(path) || path.split(/[\\/]/)[0] === '..') {
    throw new InputError(manifestPath, `${what} leads out of the assembly ('${named}')`, "run 'cdk synth' again");
  }
  return path;
}

function nestedFile(resource: Json, assets: ReadonlyMap<string, string>): string | undefined {
  const declared = textAt(objectAt(resource, 'Metadata'), 'aws:asset:path');
  if (declared) return declared;
  const [hash] = /\b[0-9a-f]{64}\b/.exec(JSON.stringify(objectAt(resource, 'Properties').TemplateURL ?? '')) ?? [];
  return hash === undefined ? undefined : assets.get(hash) || undefined;
}

/** The CDK puts the resource of nested stack `X` at `X.NestedStack/X.NestedStackResource`. */
function nestedPath(stack: StackToRead, logicalId: string, resource: Json): string | undefined {
  const declared = textAt(objectAt(resource, 'Metadata'), 'aws:cdk:path');
  const path = declared || stack.constructPaths.find(([constructPath, id]) => id === logicalId && constructPath.startsWith(`${stack.stackPath}/`))?.[0];
  return path?.replace(/([^/]+)\.NestedStack\/\1\.NestedStackResource$/, '$1');
}

/** Construct path of each logical id of a stack; a nested stack has logical ids of its own. */
function pathsBelow(stack: StackToRead, nested: readonly string[]): Map<string, string> {
  return new Map(stack.constructPaths
    .filter(([path]) => path.startsWith(`${stack.stackPath}/`) && !nested.some((other) => path.startsWith(`${other}/`)))
    .map(([path, logicalId]) => [logicalId, path]));
}

/** The template with `aws:cdk:path` on each resource whose path the assembly knows; the CDK leaves it out unless its command line runs the app. */
function withPaths(template: Json, paths: ReadonlyMap<string, string>): Json {
  const resources = Object.entries(objectAt(template, 'Resources')).map(([logicalId, resource]) => {
    const path = paths.get(logicalId);
    if (path === undefined || !isObject(resource) || (resource.Metadata !== undefined && !isObject(resource.Metadata))) return [logicalId, resource];
    // A template that says otherwise would put a resource under another one's waiver.
    return [logicalId, { ...resource, Metadata: { ...objectAt(resource, 'Metadata'), 'aws:cdk:path': path } }];
  });
  return isObject(template.Resources) ? { ...template, Resources: Object.fromEntries(resources) as Json } : template;
}

/** A waiver as it stands; what is not text counts as missing, and the discipline reports it. */
function waiverOf(constructPath: string, data: Json): RecordedWaiver {
  const finding = textAt(data, 'finding');
  return {
    constructPath,
    control: textAt(data, 'control'),
    ...(finding !== '' && { finding }),
    reason: textAt(data, 'reason'),
    owner: textAt(data, 'owner'),
    expires: textAt(data, 'expires'),
  };
}

/** The CDK has written the reason as text and as an object in different versions. */
function reasonOf(data: unknown): string {
  return typeof data === 'string' ? data : isObject(data) ? textAt(data, 'reason') : '';
}

