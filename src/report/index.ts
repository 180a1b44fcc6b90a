export * from './html';
export * from './input';
export * from './json';
export * from './markdown';
export * from './model';
export * from './sarif';
export * from './table';
export { visible } from './text';
