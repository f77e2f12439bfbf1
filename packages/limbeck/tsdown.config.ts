import { join } from "node:path";
import { defineConfig } from "tsdown";
import { writeRequireEntries } from "../../tools/require-entries.ts";
import { thirdPartyNotices } from "../../tools/third-party-notices.ts";

/** What other packages import, and require. */
const LIBRARY = {
  index: "src/index.ts",
  commands: "src/commands.ts",
  schema: "src/schema.ts",
  sqlite: "src/sqlite.ts",
  kysely: "src/kysely.ts",
  testing: "src/testing.ts",
};

export default defineConfig({
  entry: { ...LIBRARY, bin: "src/cli/bin.ts" },
  format: "esm",
  platform: "node",
  target: "node22.18",
  // `.js` and `.d.ts`, as package.json says: the package is ESM as a whole.
  fixedExtension: false,
  dts: true,
  onSuccess: () => writeRequireEntries(join(import.meta.dirname, "dist"), Object.keys(LIBRARY)),
  plugins: [thirdPartyNotices()],
  deps: {
    // Bundled, because one file starts faster than hundreds. Anything that isn't listed is a mistake.
    onlyBundle: [
      "@stricli/core",
      "@clack/prompts",
      "@clack/core",
      "fast-string-truncated-width",
      "fast-string-width",
      "fast-wrap-ansi",
      "sisteransi",
    ],
    onlyImport: ["kysely"],
  },
});
