export * from './alarm';
export * from './function';
export * from './key';
