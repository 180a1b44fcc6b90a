export * from './access-log';
export * from './authorizer';
export * from './domain-name';
export * from './rest-api';
export * from './stage';
