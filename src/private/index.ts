export * from './acknowledgements';
export * from './errors';
export * from './validate';
