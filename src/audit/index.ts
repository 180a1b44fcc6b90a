export * from './incident-intake';
export * from './incident-intake-props';
export * from './incident-regime';
