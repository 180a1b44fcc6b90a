import { bucketOf, partnerRoles } from './partner-roles';
import { Graph, Resource } from '../graph';
import { rightsOf } from '../iam/identity-policies';
import { comparisonsOn } from '../narrowing';
import { coversAction, Statement } from '../policy-document';
import { describe, Value } from '../values';

const OBJECTS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];

/** Another partner's role whose folder is in a folder of a role, where there is one: by that the one partner reaches the files of the other. */
export function roleWithin(role: Resource, graph: Graph): { readonly other: Resource; readonly folder: string } | undefined {
  const { folders, above } = graph.once('folders of partners', () => indexFolders(graph));
  for (const folder of folders.get(role) ?? []) {
    const other = above.get(folder)?.find((each) => each !== role);
    if (other) return { other, folder };
  }
  return undefined;
}

interface Folders {
  readonly folders: ReadonlyMap<Resource, ReadonlySet<string>>;
  /** By a folder, the roles that have one in it. */
  readonly above: ReadonlyMap<string, readonly Resource[]>;
}

function indexFolders(graph: Graph): Folders {
  const folders = new Map<Resource, Set<string>>();
  const above = new Map<string, Resource[]>();
  for (const role of partnerRoles(graph)) {
    const own = new Set(rightsOf(role, graph).statements.filter(({ effect, notResource }) => effect === 'Allow' && !notResource)
      .flatMap((statement) => foldersOf(statement, graph)));
    folders.set(role, own);
    const parents = new Set([...own].flatMap(parentsOf));
    for (const parent of parents) {
      const within = above.get(parent);
      if (within) within.push(role);
      else above.set(parent, [role]);
    }
  }
  return { folders, above };
}

/** The folders of which a statement allows files or listings, as `bucket/a/b/`. */
function foldersOf(statement: Statement, graph: Graph): readonly string[] {
  const files = OBJECTS.some((action) => coversAction(statement, action)) ? statement.resources.flatMap((arn) => {
    const text = describe(arn);
    return folderOf(arn, text.slice(text.indexOf('/') + 1), statement, graph);
  }) : [];
  const listings = coversAction(statement, 's3:ListBucket') ? comparisonsOn(statement, ['s3:prefix'])
    .flatMap(({ values }) => values.flatMap((value) => statement.resources.flatMap((arn) => folderOf(arn, describe(value), statement, graph)))) : [];
  return [...files, ...listings];
}

/** What a pattern of names spans; one that spans no folder is for the other findings of a role. */
function folderOf(arn: Value, pattern: string, { carrier }: Statement, graph: Graph): readonly string[] {
  const [folder] = /^[^*?]*\/(?=[*?]|$)/.exec(pattern) ?? [];
  const bucket = bucketOf(arn, carrier.template, graph);
  return folder === undefined || !bucket ? [] : [`${bucket.template}.${bucket.logicalId}/${folder}`];
}

/** `bucket/a/` of `bucket/a/b/`. */
function parentsOf(folder: string): readonly string[] {
  const names = folder.split('/').slice(0, -1);
  return names.slice(2).map((_, index) => `${names.slice(0, index + 2).join('/')}/`);
}
