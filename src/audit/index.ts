export * from './access-analyzer';
export * from './account-default';
export * from './compliance-baseline';
export * from './config-recording';
export * from './conformance-pack';
export * from './guard-duty';
export * from './security-hub';
export * from './security-standard';
