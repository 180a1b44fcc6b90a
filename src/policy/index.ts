export * from './integration-policy';
export * from './nag-pack';
