export * from './engine';
export * from './graph';
export * from './judge';
export * from './registry';
export { TemplateError } from './resolver';
export * from './rule';
export * from './waivers';
