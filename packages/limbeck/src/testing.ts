/**
 * `limbeck/testing`: tries every operation on an engine, a driver or a server of your own.
 *
 * @module
 */
export { conformanceTests, type ConformanceTest } from "./testing/conformance/conformance-tests.ts";
