export * from './catalog';
export * from './control';
export * from './vocabulary';
