export * from './bearer-key-rotation-options';
export * as mixins from './mixins';
export * from './rotating-secret';
export * from './rotation-strategy';
export * from './sftp-password-options';
