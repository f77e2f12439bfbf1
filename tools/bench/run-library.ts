// Upgrades the project in a folder and prints the milliseconds, without the start of Node and without loading the program.
import { enableCompileCache } from "node:module";
import { openEnvironment, upgrade } from "limbeck/commands";

// As the command line does, or types would be stripped every time.
enableCompileCache();

const [cwd = "."] = process.argv.slice(2);
const start = performance.now();
await upgrade(await openEnvironment({ cwd, env: {} }), { target: "head" });
console.log(performance.now() - start);
