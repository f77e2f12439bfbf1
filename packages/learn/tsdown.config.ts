import { join } from "node:path";
import { defineConfig } from "tsdown";
import { writeStarter } from "../../tools/learn-starter/write-starter.ts";

export default defineConfig({
  entry: { index: "src/index.ts" },
  format: "esm",
  platform: "node",
  target: "node22.18",
  // `.js` and `.d.ts`, as package.json says: the package is ESM as a whole.
  fixedExtension: false,
  dts: true,
  // The project of the exercises is the workshop as it was before its first revision.
  onSuccess: () => writeStarter(join(import.meta.dirname, "dist", "starter")),
  deps: { onlyImport: ["limbeck"] },
});
