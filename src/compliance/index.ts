export * from './catalog';
export * from './control';
