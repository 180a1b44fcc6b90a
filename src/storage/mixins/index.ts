export * from './bucket';
export * from './bucket-encryption';
export * from './log-group';
export * from './queue';
export * from './table';
export * from './topic';
