export * from './connector';
export * from './identity-provider';
export * from './server';
export * from './server-log';
export * from './user';
