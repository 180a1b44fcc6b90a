import { Files, Ports, run } from '../../src/cli';

/** Files of a test by path; a directory exists where a path begins with it. */
export type Tree = Readonly<Record<string, string | Uint8Array | object>>;

/** What a run of the command line left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly written: Readonly<Record<string, string>>;
}

/** Runs the command line on files in memory, on the day 2026-06-15 unless `--as-of` says otherwise. */
export function runOn(tree: Tree, argv: readonly string[], changes: Partial<Ports> = {}): Outcome {
  const [out, err] = [[] as string[], [] as string[]];
  const written: Record<string, string> = {};
  const code = run({
    argv,
    files: filesOf(tree, written),
    workingDirectory: '/repo',
    colour: false,
    version: '1.2.3',
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    today: () => '2026-06-15',
    ...changes,
  });
  return { code, stdout: out.join(''), stderr: err.join(''), written };
}

/** Files that live in memory: objects are JSON, text is text, bytes are bytes. */
export function filesOf(tree: Tree, written: Record<string, string> = {}): Files {
  const bytesOf = (path: string) => {
    const content = tree[path];
    if (content instanceof Uint8Array) return content;
    return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  };
  return {
    stat(path) {
      if (Object.hasOwn(tree, path)) return { kind: 'file', bytes: bytesOf(path).length };
      const isDirectory = Object.keys(tree).some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));
      return isDirectory ? { kind: 'directory', bytes: 0 } : undefined;
    },
    read: bytesOf,
    write: (path, text) => void (written[path] = text),
  };
}

/** A template with one queue. */
export function queueTemplate(properties: object = {}, metadata?: object): object {
  return { Resources: { Inbox: { Type: 'AWS::SQS::Queue', Properties: properties, ...(metadata && { Metadata: metadata }) } } };
}

/** The table's lines about one control. */
export function linesAbout(control: string, stdout: string): string[] {
  const block = stdout.split('\n\n').find((each) => each.split('\n')[0].includes(`  ${control}  `));
  return block?.split('\n').slice(1) ?? [];
}
