export * from './requirement';
export * from './sender-options';
export * from './signature-scheme';
export * from './webhook-key-format';
