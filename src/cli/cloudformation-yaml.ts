import { CollectionTag, isMap, isSeq, Pair, parseDocument, Scalar, ScalarTag, Tags, YAMLMap } from 'yaml';

/** Short form of each intrinsic function, and the key that its long form has (CloudFormation user guide, intrinsic function reference). */
const FUNCTIONS: Readonly<Record<string, string>> = {
  And: 'Fn::And',
  Base64: 'Fn::Base64',
  Cidr: 'Fn::Cidr',
  Condition: 'Condition',
  Contains: 'Fn::Contains',
  EachMemberEquals: 'Fn::EachMemberEquals',
  EachMemberIn: 'Fn::EachMemberIn',
  Equals: 'Fn::Equals',
  FindInMap: 'Fn::FindInMap',
  GetAtt: 'Fn::GetAtt',
  GetAZs: 'Fn::GetAZs',
  If: 'Fn::If',
  ImportValue: 'Fn::ImportValue',
  Join: 'Fn::Join',
  Length: 'Fn::Length',
  Not: 'Fn::Not',
  Or: 'Fn::Or',
  Ref: 'Ref',
  RefAll: 'Fn::RefAll',
  Select: 'Fn::Select',
  Split: 'Fn::Split',
  Sub: 'Fn::Sub',
  ToJsonString: 'Fn::ToJsonString',
  Transform: 'Fn::Transform',
  ValueOf: 'Fn::ValueOf',
  ValueOfAll: 'Fn::ValueOfAll',
};

/** Tags of YAML 1.1 that CloudFormation does not know (user guide, "CloudFormation template formats"). */
const UNSUPPORTED = new Set(['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`));

/** An anchor may be repeated this often, counting the repetitions inside it; beyond, a small file could unfold without end. */
const MAX_ALIASES = 100;

/** Says what is wrong with the text, in one clause. */
export class YamlError extends Error {}

/** Parses a template in YAML 1.1 with CloudFormation's short forms, which become their long forms. Throws `YamlError`, and `RangeError` for what nests too deeply. */
export function parseCloudFormationYaml(text: string): unknown {
  const document = parseDocument(text, { version: '1.1', customTags, prettyErrors: true, strict: true, uniqueKeys: true, logLevel: 'silent' });
  const unknown = document.warnings.find((warning) => warning.code === 'TAG_RESOLVE_FAILED');
  const [problem] = unknown ? [unknown, ...document.errors] : document.errors;
  if (problem?.message.startsWith('Maximum call stack')) throw new RangeError(problem.message);
  if (problem) throw new YamlError(firstLine(problem.message));
  return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
}

function customTags(tags: Tags): Tags {
  return [
    ...tags.filter((tag) => typeof tag === 'string' || !UNSUPPORTED.has(tag.tag)),
    ...Object.entries(FUNCTIONS).flatMap(([name, key]) => [scalarTag(name, key), collectionTag(name, key, 'seq'), collectionTag(name, key, 'map')]),
  ];
}

function scalarTag(name: string, key: string): ScalarTag {
  return { tag: `!${name}`, resolve: (text) => ({ [key]: name === 'GetAtt' ? attributeOf(text) : text }) };
}

function collectionTag(name: string, key: string, collection: 'seq' | 'map'): CollectionTag {
  return {
    tag: `!${name}`,
    collection,
    resolve(node) {
      if (!isSeq(node) && !isMap(node)) return node;
      const map = new YAMLMap();
      map.items.push(new Pair(new Scalar(key), node));
      return map;
    },
  };
}

/** `Logical.Attribute.More` as the list of the long form: only the first dot divides. */
function attributeOf(text: string): string | string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
}

function firstLine(message: string): string {
  return message.split('\n')[0].replace(/[:.]\s*$/, '');
}
