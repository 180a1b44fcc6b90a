// What a bundle must not be: two copies of one package, or larger than its budget. CommonJS, so that tests can load it.

/** Bytes that a bundle may have; a client of the AWS SDK has more, see ADR 0002. */
const DEFAULT_BUDGET = 150_000;

/** Bundles that may be larger, and why. */
const EXCEPTIONS = {
  'assets/access/break-glass/index.js': {
    bytes: 450_000, because: 'bundles three clients of the AWS SDK, for IAM, Systems Manager and EventBridge',
  },
  'assets/access/training-check/index.js': { bytes: 350_000, because: 'bundles the client of EventBridge, which alone has 310 kB' },
  'assets/api/bearer-key-authorizer/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for DynamoDB and KMS' },
  'assets/api/dpop-authorizer/index.js': { bytes: 370_000, because: 'bundles the client of DynamoDB, which alone has 320 kB, beside what verifies tokens' },
  'assets/api/introspection-authorizer/index.js': { bytes: 350_000, because: 'bundles the client of Secrets Manager, which alone has 310 kB' },
  'assets/audit/account-defaults/index.js': {
    bytes: 1_100_000, because: 'bundles clients for S3 Control, Amazon Inspector and Amazon EC2, of which the last knows 700 operations',
  },
  'assets/audit/digest/index.js': {
    bytes: 580_000, because: 'bundles clients for CloudWatch Logs, S3 and Systems Manager, of which that for S3 is the largest',
  },
  'assets/audit/incident-clock/index.js': { bytes: 560_000, because: 'bundles clients for DynamoDB, S3 and SNS, of which that for S3 is the largest' },
  'assets/audit/incident-desk/index.js': { bytes: 360_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'assets/audit/intake/index.js': { bytes: 360_000, because: 'bundles the client of DynamoDB, which alone has 320 kB, beside what reads reports' },
  'assets/secrets/api-key/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for Secrets Manager and API Gateway' },
  'assets/secrets/bearer-key/index.js': { bytes: 480_000, because: 'bundles clients for Secrets Manager, DynamoDB, KMS and API Gateway, some 60 kB each beside what they share' },
  'assets/secrets/cognito-client-secret/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for Secrets Manager and Cognito' },
  'assets/secrets/rotation-watch/index.js': { bytes: 350_000, because: 'bundles the client of Secrets Manager, which alone has 310 kB' },
  'assets/secrets/sftp-connector-key-pair/index.js': {
    bytes: 400_000, because: 'bundles three clients of the AWS SDK, for Secrets Manager, AWS Transfer Family and EventBridge',
  },
  'assets/secrets/sftp-password/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for Secrets Manager and DynamoDB' },
  'assets/secrets/third-party/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for Secrets Manager and AWS Lambda' },
  'assets/secrets/webhook-secret/index.js': { bytes: 350_000, because: 'bundles the client of Secrets Manager, which alone has 310 kB' },
  'assets/secrets/webhook-signing-key/index.js': { bytes: 350_000, because: 'bundles the client of Secrets Manager, which alone has 310 kB' },
  'assets/sftp/endpoint-facts/index.js': {
    bytes: 900_000, because: 'bundles two clients of the AWS SDK, for AWS Transfer Family and Amazon EC2, of which the latter knows 700 operations',
  },
  'assets/sftp/host-keys/index.js': {
    bytes: 450_000, because: 'bundles three clients of the AWS SDK, for AWS Transfer Family, Systems Manager and EventBridge',
  },
  'assets/sftp/identity-provider/index.js': { bytes: 370_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'assets/sftp/key-usage/index.js': { bytes: 350_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'assets/sftp/key-watch/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for DynamoDB and EventBridge' },
  'assets/sftp/reconcile/index.js': {
    bytes: 420_000, because: 'bundles three clients of the AWS SDK, for AWS Transfer Family, DynamoDB and EventBridge',
  },
  'assets/sftp/registrar/index.js': { bytes: 380_000, because: 'bundles the client of DynamoDB, which alone has 320 kB, beside what reads keys and records' },
  'assets/sftp/malware-router/index.js': { bytes: 540_000, because: 'bundles clients for DynamoDB, S3, SQS and EventBridge, of which that for S3 is the largest' },
  'assets/sftp/malware-sweep/index.js': { bytes: 540_000, because: 'bundles what the router does' },
  'assets/sftp/connector-transfer/index.js': {
    bytes: 560_000, because: 'bundles clients for AWS Transfer Family, DynamoDB, S3 and Secrets Manager, some 30 kB each beside what they share',
  },
  'assets/webhooks/dispatch/index.js': { bytes: 500_000, because: 'bundles clients for DynamoDB and four kinds of target, some 30 kB each beside what they share' },
  'assets/webhooks/outbound/feed/index.js': { bytes: 350_000, because: 'bundles the client of SQS, which alone has 310 kB' },
  'assets/webhooks/outbound/public-keys/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for DynamoDB and Secrets Manager' },
  'assets/webhooks/outbound/registrar/index.js': { bytes: 350_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'assets/webhooks/outbound/replayer/index.js': { bytes: 350_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'assets/webhooks/outbound/sender/index.js': { bytes: 400_000, because: 'bundles two clients of the AWS SDK, for DynamoDB and Secrets Manager' },
  'assets/webhooks/outbound/sweeper/index.js': { bytes: 350_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'assets/webhooks/receive/index.js': { bytes: 560_000, because: 'bundles clients for Secrets Manager, S3 and DynamoDB, beside what verifies every scheme' },
  'assets/webhooks/rejudge/index.js': { bytes: 560_000, because: 'bundles what a receiver does' },
  'assets/webhooks/sweep/index.js': { bytes: 500_000, because: 'bundles what dispatch does' },
  'examples/partner-credentials/assets/crm-keys/index.js': { bytes: 350_000, because: 'bundles the client of Secrets Manager, which alone has 310 kB' },
  'examples/partner-hub/assets/order-intake/index.js': { bytes: 500_000, because: 'bundles two clients of the AWS SDK, for S3 and DynamoDB' },
  'examples/partner-hub/assets/order-lookup/index.js': { bytes: 350_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'examples/partner-hub/assets/placed-orders/index.js': { bytes: 350_000, because: 'bundles the client of DynamoDB, which alone has 320 kB' },
  'examples/partner-hub/assets/received-webhooks/index.js': { bytes: 500_000, because: 'bundles two clients of the AWS SDK, for S3 and DynamoDB' },
  'examples/partner-hub/assets/shipment-notices/index.js': { bytes: 350_000, because: 'bundles the client of SQS, which alone has 310 kB' },
  'examples/partner-hub/assets/uploaded-files/index.js': { bytes: 500_000, because: 'bundles two clients of the AWS SDK, for S3 and DynamoDB' },
};

/** The package that a file is in, and the folder that it is installed in; null for a file of our own. */
function packageOf(file) {
  const match = /^(.*\bnode_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file);
  return match && { folder: match[1], name: match[2] };
}

/** One complaint for each package that esbuild took from more than one folder, which means two copies and mostly two versions. */
function duplicatePackages(metafile) {
  const folders = new Map();
  for (const { folder, name } of Object.keys(metafile.inputs).map(packageOf).filter(Boolean)) {
    folders.set(name, (folders.get(name) ?? new Set()).add(folder));
  }
  return [...folders].filter(([, found]) => found.size > 1).map(([name, found]) => `bundles ${name} more than once: ${[...found].sort().join(', ')}`);
}

/** Bytes that the bundle at `file`, relative to the root, may have. */
function budgetOf(file) {
  return EXCEPTIONS[file]?.bytes ?? DEFAULT_BUDGET;
}

/** A complaint if the bundle is larger than it may be. */
function overBudget(file, bytes) {
  return bytes > budgetOf(file) ? [`has ${bytes} bytes, of ${budgetOf(file)} that it may have`] : [];
}

module.exports = { DEFAULT_BUDGET, EXCEPTIONS, duplicatePackages, overBudget, packageOf };
