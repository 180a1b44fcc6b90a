export * as mixins from './mixins';
