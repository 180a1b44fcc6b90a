export * from './acknowledgements';
export * from './amended';
export * from './errors';
export * from './key-policy';
export * from './nag';
export * from './resource-policy';
export * from './undone';
export * from './validate';
