export * from './key-administrator-role';
export * from './permission-boundary';
export * from './permission-boundary-ref';
export * from './workforce';
export * from './workforce-options';
export * from './workforce-role-props';
