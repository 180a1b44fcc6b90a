export * from './ports';
export * from './run';
export * from './system-ports';
