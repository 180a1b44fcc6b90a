import { awscdk, Component } from 'projen';

/** Bundles Lambda handlers at build time, so that nothing is bundled on a user's machine (ADR 0002). */
export class RuntimeBundles extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const bundle = project.addTask('bundle', {
      description: 'Bundle every *.lambda.ts with its dependencies',
      exec: 'node scripts/bundle.mjs',
    });
    project.preCompileTask.spawn(bundle);
    project.testTask.prependSpawn(bundle);
    // Compiled copies of what is bundled are dead weight, save for what the command line and the functions of users import (ADR 0027).
    for (const dead of ['api/', 'secrets/', 'sftp/', 'webhooks/outbound/', '**/*.lambda.js', '**/*.lambda.d.ts']) project.addPackageIgnore(`/lib/runtime/${dead}`);
  }
}
