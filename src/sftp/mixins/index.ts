export * from './identity-provider';
export * from './server';
export * from './server-log';
