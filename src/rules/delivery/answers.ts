export { all, any, not } from '../../formats/answers';
export type { Answer } from '../../formats/answers';
