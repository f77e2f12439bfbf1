// Upgrades a project through the library and prints the milliseconds, without the start of Node and the import of the library.
import { openEnvironment, upgrade } from "limbeck";

const [cwd] = process.argv.slice(2);
const start = performance.now();
await upgrade(await openEnvironment({ cwd, env: {} }), { target: "head" });
console.log(performance.now() - start);
