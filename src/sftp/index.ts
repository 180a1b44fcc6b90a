export * from './partner-access';
export * from './partner-key';
export * from './partner-options';
export * from './runtime-partners';
export * from './sftp-partner';
export * from './sftp-users';
export * from './users-options';
