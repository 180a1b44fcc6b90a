export * as mixins from './mixins';
export * from './database-user-secret';
export * from './external-secret-type';
export * from './managed-external-secret';
export * from './master-user-secret';
export * from './rotated-database';
export * from './rotating-secret';
export * from './rotation-strategy';
