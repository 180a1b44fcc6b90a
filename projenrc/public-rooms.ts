import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { awscdk, Component, TextFile } from 'projen';

/** Rooms that stay inside the package: reached through `policy` and the command line, never imported by users (ADR 0001). */
const INTERNAL = ['private', 'formats', 'functions', 'compliance', 'rules', 'report', 'cli', 'runtime'];

/** Generates `src/index.ts`: one namespace for each public room. */
export class PublicRooms extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const rooms = readdirSync(join(project.outdir, project.srcdir), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !INTERNAL.includes(entry.name))
      .map((entry) => entry.name)
      .sort();
    const barrel = new TextFile(project, 'src/index.ts');
    barrel.addLine(`// ${barrel.marker}`);
    for (const room of rooms) barrel.addLine(`export * as ${room} from './${room}';`);
    barrel.addLine('');
  }
}
