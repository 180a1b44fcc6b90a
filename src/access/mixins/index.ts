export * from './role-session';
