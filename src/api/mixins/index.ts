export * from './user-pool';
export * from './user-pool-client';
export * from './web-acl';
export * from './web-acl-blocks';
export * from './web-acl-limits';
export * from './web-acl-privacy';
