export * from './bearer-key-rotation-options';
export * from './cognito-client-secret-options';
export * as mixins from './mixins';
export * from './rotating-secret';
export * from './rotation-strategy';
export * from './sftp-connector-key-pair-options';
export * from './sftp-password-options';
