export * from './engine';
export * from './graph';
export * from './registry';
export { TemplateError } from './resolver';
export * from './rule';
