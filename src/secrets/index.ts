export * as mixins from './mixins';
export * from './rotating-secret';
export * from './rotation-strategy';
