import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("app/keep", "");
  project.write("billing/keep", "");
});

afterEach(() => project.dispose());

/** Writes a config; each under a name of its own, because a process imports a file only once. */
function configure(name: string, rest: string): string {
  project.write(`${name}.config.ts`, `export default { url: "sqlite:todo.db", timezone: "UTC", ${rest} };\n`);
  return `-c ${name}.config.ts`;
}

const TWO = `versionLocations: ["app/versions", "billing/versions"]`;

describe("several version locations", () => {
  it("hold one history; a new file goes beside the one that it builds on", async () => {
    const config = configure("two", TWO);
    const first = await project.limbeck(`${config} revision -m app --rev-id aaaa1 --version-path app/versions`);
    expect(first.stdout).toBe("app/versions/2026_02_21_001_app.ts\n");
    const root = `revision -m billing --rev-id bbbb1 --head base --branch-label billing --depends-on aaaa1`;
    expect((await project.limbeck(`${config} ${root} --version-path ./billing/versions/`)).stdout).toBe(
      "billing/versions/2026_02_21_002_billing.ts\n",
    );
    expect((await project.limbeck(`${config} revision -m more --rev-id bbbb2 --head billing@head`)).stdout).toBe(
      "billing/versions/2026_02_21_003_more.ts\n",
    );
    expect((await project.limbeck(`${config} revision -m app2 --rev-id aaaa2 --head aaaa1`)).stdout).toBe(
      "app/versions/2026_02_21_004_app2.ts\n",
    );
    expect((await project.limbeck(`${config} upgrade heads`)).stderr).toContain("4 revisions run");
    expect((await project.limbeck(`${config} current`)).stdout).toBe("aaaa2 (head)\nbbbb2 (billing) (head)\n");
    const { stdout } = await project.limbeck(`${config} show bbbb1`);
    expect(stdout).toContain(`Path: ${join(project.folder, "billing/versions/2026_02_21_002_billing.ts")}\n`);
  });

  it("have to be chosen from where there is nothing to build on", async () => {
    const config = configure("open", TWO);
    const [app, billing] = ["app/versions", "billing/versions"].map((name) => join(project.folder, name));
    const { stderr } = await project.limbeck(`${config} revision -m first`);
    expect(stderr).toBe(
      [
        "✖ LB1038 There are 2 version locations, and nothing says where the new file",
        "  belongs.",
        `    ${app}`,
        `    ${billing}`,
        `  fix: limbeck --config open.config.ts revision -m first --version-path ${app}`,
        `       limbeck --config open.config.ts revision -m first --version-path ${billing}`,
        "  limbeck explain LB1038",
        "",
      ].join("\n"),
    );
    const inside = `${config} revision -m first --version-path`;
    expect(await project.limbeckJson(`${inside} app`)).toMatchObject({
      exitCode: 2,
      error: { code: "LB1037", context: { path: join(project.folder, "app"), locations: [app, billing] } },
    });
    expect(await project.limbeckJson(`${inside} app/versions/inner`)).toMatchObject({ error: { code: "LB1037" } });
    // What is typed means the folder one is in.
    const below = await project.limbeck(`-c ../open.config.ts revision -m first --version-path versions`, {
      cwd: join(project.folder, "billing"),
    });
    expect(below.stdout).toBe("versions/2026_02_21_001_first.ts\n");
  });

  it("may be given to a single location, and then have to be it", async () => {
    project.write("migrations/keep", "");
    const config = configure("single", "");
    expect(await project.limbeckJson(`${config} revision -m x --version-path app`)).toMatchObject({
      error: {
        code: "LB1037",
        fix: [
          `limbeck ${config.replace("-c", "--config")} revision -m x --version-path ${project.folder}/migrations/versions`,
        ],
      },
    });
    expect(await project.limbeckJson(`${config} revision -m x --version-path migrations/versions`)).toMatchObject({
      ok: true,
    });
  });

  it("say which of them is missing", async () => {
    const config = configure("missing", `versionLocations: ["app/versions", "no where/versions"]`);
    expect(await project.limbeckJson(`${config} heads`)).toMatchObject({
      exitCode: 2,
      error: { code: "LB0201", fix: [`mkdir -p "${project.folder}/no where/versions"`] },
    });
  });

  it("name the folder that may have been meant, which nobody wants to make anew", async () => {
    project.write("migrations/versions/.gitkeep", "");
    const config = configure("misspelt", `migrations: "migratoins"`);
    expect(await project.limbeckJson(`${config} heads`)).toMatchObject({
      exitCode: 2,
      error: {
        code: "LB0201",
        why: expect.stringContaining(`Did you mean ${join(project.folder, "migrations")}?`),
        fix: [
          expect.stringMatching(
            /^limbeck --config misspelt\.config\.ts edit \S+misspelt\S* {3}# migrations instead of migratoins$/,
          ),
        ],
      },
    });
    expect((await project.limbeck(`${config} heads`)).stderr).not.toContain("mkdir");
  });

  it("name both files that have the same id, wherever they lie", async () => {
    const config = configure("twice", TWO);
    await project.limbeck(`${config} revision -m x --rev-id aaaa1 --version-path app/versions`);
    project.write("billing/versions/copy.ts", project.read("app/versions/2026_02_21_001_x.ts"));
    expect(await project.limbeckJson(`${config} heads`)).toMatchObject({
      error: {
        code: "LB0205",
        context: {
          paths: ["app/versions/2026_02_21_001_x.ts", "billing/versions/copy.ts"].map((name) =>
            join(project.folder, name),
          ),
        },
      },
    });
    project.remove("billing/versions/copy.ts");
    symlinkSync(
      join(project.folder, "app/versions/2026_02_21_001_x.ts"),
      join(project.folder, "billing/versions/x.ts"),
    );
    expect((await project.limbeck(`${config} heads`)).stdout).toBe("aaaa1 (head)\n");
  });
});

describe("recursive version locations", () => {
  const NESTED = `migrations: "app", recursiveVersionLocations: true, fileTemplate: "{year}/{month}/{serial}_{slug}"`;

  it("keep files in folders by their dates", async () => {
    const config = configure("nested", NESTED);
    const lines = ["first --rev-id aaaa1", "second --rev-id aaaa2"];
    const written: string[] = [];
    for (const line of lines) written.push((await project.limbeck(`${config} revision -m ${line}`)).stdout);
    expect(written).toEqual(["app/versions/2026/02/001_first.ts\n", "app/versions/2026/02/002_second.ts\n"]);
    const later = await project.limbeck(`${config} revision -m third`, { now: new Date("2026-03-01T00:30:00Z") });
    expect(later.stdout).toBe("app/versions/2026/03/001_third.ts\n");
    expect((await project.limbeck(`${config} upgrade head`)).stderr).toContain("3 revisions run");
  });

  it("take folders inside of them for --version-path", async () => {
    const config = configure("inner", `${TWO}, recursiveVersionLocations: true`);
    const inner = await project.limbeck(`${config} revision -m x --rev-id aaaa1 --version-path app/versions/2026`);
    expect(inner.stdout).toBe("app/versions/2026/2026_02_21_001_x.ts\n");
    expect((await project.limbeck(`${config} revision -m y`)).stdout).toBe("app/versions/2026_02_21_002_y.ts\n");
  });
});

describe("the time zone", () => {
  it("is that of the clocks in names and comments", async () => {
    project.write("migrations/keep", "");
    project.write("kathmandu.config.ts", `export default { url: "sqlite:todo.db", timezone: "Asia/Kathmandu" };\n`);
    const now = new Date("2026-02-21T18:30:00Z");
    const { stdout } = await project.limbeck("-c kathmandu.config.ts revision -m late", { now });
    expect(stdout).toBe("migrations/versions/2026_02_22_001_late.ts\n");
    expect(project.read(stdout.trim())).toContain("Created 2026-02-22 00:15:00 +05:45");
  });
});
