import { mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Kit from "drizzle-kit/api";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

/** A project that has packages installed. */
export interface DrizzleProject extends TestProject {
  /** Writes models, each state of them as a file of its own, because a process imports a file only once. */
  readonly useModels: (text: string) => void;
}

function link(name: string, folder: string): void {
  const installed = fileURLToPath(new URL(`../../../../node_modules/${name}`, import.meta.url));
  symlinkSync(installed, join(folder, "node_modules", name), "dir");
}

/** Makes a project whose models are Drizzle's. */
export function createDrizzleProject(
  url: string,
  packages: readonly string[] = ["drizzle-orm", "drizzle-kit"],
): DrizzleProject {
  const project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("package.json", `{ "type": "module" }\n`);
  mkdirSync(join(project.folder, "node_modules"), { recursive: true });
  for (const name of packages) link(name, project.folder);
  let count = 0;
  return {
    ...project,
    useModels(text) {
      count += 1;
      project.write(`models-${count}.ts`, text);
      const models = `() => import("./models-${count}.ts")`;
      project.write("limbeck.config.ts", `export default { url: "${url}", models: ${models} };\n`);
    },
  };
}

/** Required and not imported: through the test runner, the import takes many times as long. */
export function loadDrizzleKit(): typeof Kit {
  // What the package exports is what its types say.
  return createRequire(import.meta.url)("drizzle-kit/api") as typeof Kit;
}
