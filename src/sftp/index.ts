export * from './connector-credentials';
export * from './connector-egress';
export * from './connector-transfer-options';
export * from './sftp-connector';
export * from './sftp-connector-props';
