/**
 * `@limbeck/learn`: the exercises behind `limbeck learn`.
 *
 * @module
 */
export { runLearn } from "./run-learn.ts";
