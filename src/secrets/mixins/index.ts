export * from './rotation';
export * from './secret';
