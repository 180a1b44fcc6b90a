import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { awscdk, Component } from 'projen';

const BASE = ['compliance', 'core', 'private'];
const BASE_AND_FOUNDATION = [...BASE, 'foundation'];
const WITH_FUNCTIONS = [...BASE_AND_FOUNDATION, 'storage', 'functions'];

/** Who may import whom inside `src` (ADR 0001). A new arrow needs an ADR. */
export const MAY_IMPORT: Record<string, readonly string[]> = {
  private: [],
  compliance: [],
  formats: [],
  runtime: ['formats'],
  core: ['compliance', 'private'],
  foundation: BASE,
  storage: BASE_AND_FOUNDATION,
  functions: [...BASE_AND_FOUNDATION, 'storage'],
  secrets: WITH_FUNCTIONS,
  access: [...WITH_FUNCTIONS, 'formats'],
  audit: [...WITH_FUNCTIONS, 'api', 'formats'],
  api: [...WITH_FUNCTIONS, 'secrets', 'formats'],
  sftp: [...WITH_FUNCTIONS, 'secrets', 'formats'],
  webhooks: [...WITH_FUNCTIONS, 'secrets', 'api'],
  privacy: [...WITH_FUNCTIONS, 'secrets'],
  rules: ['compliance', 'formats'],
  policy: [...BASE, 'rules'],
  report: ['compliance'],
  cli: ['rules', 'report', 'compliance', 'runtime', 'formats'],
};

/** Rooms that know nothing of the CDK. */
export const WITHOUT_CDK = ['formats', 'runtime', 'rules', 'report', 'cli', 'compliance'];

/** Refuses a folder of `src` that the table does not know. */
export function requireKnownRooms(src: string): void {
  for (const entry of readdirSync(src, { withFileTypes: true })) {
    if (entry.isDirectory() && !(entry.name in MAY_IMPORT)) {
      throw new Error(`src/${entry.name} is not in the room table; add it to MAY_IMPORT in projenrc/room-boundaries.ts with an ADR`);
    }
  }
}

/** Turns `MAY_IMPORT` into lint errors, and refuses a room that the table does not know. */
export class RoomBoundaries extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const rooms = Object.keys(MAY_IMPORT);
    requireKnownRooms(join(project.outdir, project.srcdir));
    const zones = rooms.flatMap((room) => rooms
      .filter((other) => other !== room && !MAY_IMPORT[room].includes(other))
      .map((other) => ({ target: `./src/${room}`, from: `./src/${other}`, message: `${room} must not import ${other} (ADR 0001)` })));
    project.eslint!.addRules({ 'import/no-restricted-paths': ['error', { zones }] });
    project.eslint!.addOverride({
      files: [`src/{${WITHOUT_CDK.join(',')}}/**/*.ts`],
      rules: {
        'no-restricted-imports': ['error', { patterns: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'] }],
      } as any,
    });
    project.eslint!.addOverride({
      files: ['src/**/*.ts'],
      excludedFiles: ['src/index.ts'],
      rules: {
        '@typescript-eslint/no-explicit-any': 'error',
        'import/no-default-export': 'error',
      } as any,
    });
    project.eslint!.addOverride({
      files: ['src/runtime/**/*.ts'],
      rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true }] } as any,
    });
  }
}
