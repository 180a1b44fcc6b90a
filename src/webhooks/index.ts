export * from './sender-network';
export * from './sender-network-attributes';
export * from './sender-network-ref';
export * from './signing-key-options';
export * from './webhook-sender';
