// Imports real descriptions of APIs, which packages carry, operation by operation, and says what becomes a route and why the others do not.
// Usage: ts-node scripts/openapi-corpus.ts [folder with the packages installed]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as events from 'aws-cdk-lib/aws-events';
import { api, core } from '../src';

const PACKAGES = ['@readme/oas-examples@8.2.2', '@octokit/openapi@23.0.2', '@figma/rest-api-spec@0.43.0', '@scalar/galaxy@0.2.20'];
const DOCUMENTS = [
  '@readme/oas-examples/3.0/json/petstore.json', '@readme/oas-examples/3.1/yaml/petstore.yaml', '@readme/oas-examples/3.0/json/uspto.json',
  '@readme/oas-examples/3.0/yaml/star-trek.yaml', '@readme/oas-examples/3.1/json/train-travel.json', '@readme/oas-examples/3.1/yaml/readme.yaml',
  '@scalar/galaxy/dist/3.1.yaml', '@figma/rest-api-spec/openapi/openapi.yaml', '@octokit/openapi/generated/api.github.com.json',
];
/** A document that takes longer is a defect. */
const MAX_SECONDS = 30;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const waiver = core.Waiver.because('the corpus takes what stands in public documents', { owner: 'corpus', expires: '2999-12-31' });

/** Names of operations, and of the security schemes with what fits them, as a user would write them down. */
function written(document: any, stack: Stack): { readonly names: string[]; readonly authorizations: Record<string, api.SchemeAuthorization> } {
  const names = Object.entries<any>(document.paths ?? {}).flatMap(([path, item]) => METHODS.filter((method) => item[method])
    .map((method) => item[method].operationId ?? `${method.toUpperCase()} ${path}`));
  const pool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc');
  const authorizations = Object.entries<any>(document.components?.securitySchemes ?? {})
    .map(([name, { type }]) => [name, type === 'apiKey' ? api.SchemeAuthorization.iam() : api.SchemeAuthorization.cognito(pool, 'corpus')]);
  return { names, authorizations: Object.fromEntries(authorizations) };
}

/** Nothing if an attempt succeeds, or else why not; anything but a ConfigurationError that names a place is a defect. */
function refusal(attempt: () => void): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'ConfigurationError' || !message.includes('#')) throw error;
    return message;
  }
}

/** A reason without what differs from place to place. */
function kindOf(reason: string): string {
  return reason.replace(/^\[[^\]]*\] | at \S+#.*$|, got .*$/g, '').replace(/'[^']*'/g, "'...'");
}

function report(folder: string, file: string): number {
  const start = Date.now();
  const document = api.OpenApiDocument.fromFile(join(folder, 'node_modules', file));
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  const served = new api.IntegrationApi(stack, 'Api');
  let content: unknown;
  const unreadable = refusal(() => { content = document._read(served).value; });
  if (unreadable) {
    console.log(`${file}: refused: ${unreadable}`);
    return 0;
  }
  const { names, authorizations } = written(content, stack);
  const shared = { document, authorizations, subset: true, integration: api.Integration.eventBus(eventsBus(stack), { source: 'corpus', detailType: 'Call' }) };
  const all = refusal(() => api.IntegrationApi.fromOpenApi(stack, 'All', { ...shared, subset: false }));
  const reasons = new Map<string, string[]>();
  const counts = { said: 0, authorized: 0, open: 0, refused: 0 };
  const attempt = (name: string, operation: api.OpenApiOperation) => refusal(() => served.addOpenApi({ ...shared, operations: { [name]: operation } }));
  for (const name of names) {
    const authorization = api.Authorization.iam();
    const tries = [['said', {}], ['authorized', { authorization }], ['open', { authorization, allowOpenObjects: waiver }]] as const;
    const failures = new Map<string, string>();
    const success = tries.find(([, operation]) => {
      const reason = attempt(name, operation);
      if (reason) failures.set(kindOf(reason), reason);
      return !reason;
    });
    counts[success?.[0] ?? 'refused']++;
    failures.forEach((reason, kind) => reasons.set(kind, [...reasons.get(kind) ?? [], reason]));
  }
  const seconds = (Date.now() - start) / 1000;
  console.log(`${file}: ${names.length} operations: ${counts.said} as the document says, ${counts.authorized} with an authorization given, `
    + `${counts.open} with a waiver for open objects besides, ${counts.refused} refused; ${seconds.toFixed(1)} s`);
  console.log(`  all at once: ${all ? `refused: ${all}` : 'imported'}`);
  for (const [, [first, ...others]] of reasons) console.log(`  ${others.length + 1} x ${first}`);
  return seconds;
}

function eventsBus(stack: Stack) {
  return events.EventBus.fromEventBusName(stack, 'Bus', 'corpus');
}

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'openapi-corpus-'));
if (!process.argv[2]) execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES], { stdio: 'ignore' });
const seconds = DOCUMENTS.map((file) => report(folder, file));
if (!process.argv[2]) rmSync(folder, { recursive: true });
const slow = seconds.filter((each) => each > MAX_SECONDS).length;
console.log(`openapi-corpus: ${DOCUMENTS.length} documents, ${slow} slower than ${MAX_SECONDS} s`);
process.exitCode = slow > 0 ? 1 : 0;
