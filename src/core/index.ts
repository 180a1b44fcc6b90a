export * from './control';
export * from './severity';
export * from './waiver';
