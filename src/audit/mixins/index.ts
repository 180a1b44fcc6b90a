export * from './detector-enabled';
export * from './trail';
export * from './trail-management-events';
