export * from './engine';
export * from './graph';
export * from './judge';
export * from './registry';
export * from './rule';
export * from './template-error';
export * from './waivers';
