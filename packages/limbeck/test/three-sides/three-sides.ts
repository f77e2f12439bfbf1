import { expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import type { NeedsDatabase } from "../needs/data-needs.ts";

const MODULE = (columns = ""): string => `
import { integer, table, text } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), title: text().check("title <> ''")${columns} });
`;

interface Verdict {
  readonly exitCode: number;
  readonly differences: number;
  readonly unwritten: readonly string[];
  readonly drift: readonly string[];
  readonly pending: readonly string[];
  readonly fix: readonly string[];
}

/** Declares the tests of an engine. */
export function testThreeSides(open: () => NeedsDatabase): void {
  const useModels = (project: TestProject, name: string, columns?: string): void => {
    project.write(
      "limbeck.config.ts",
      `export default { url: ${JSON.stringify(open().url)}, models: () => import("./${name}.ts") };\n`,
    );
    project.write(`${name}.ts`, MODULE(columns));
  };
  const ok = async (project: TestProject, line: string): Promise<string> => {
    const run = await project.limbeck(line);
    expect({ line, ...run }).toMatchObject({ line, exitCode: 0 });
    return run.stderr;
  };

  /** Models, one revision and a database that agree. */
  const begin = async (): Promise<TestProject> => {
    const project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
    useModels(project, "first");
    await ok(project, "revision --autogenerate -m first --rev-id a001");
    await ok(project, "upgrade head");
    return project;
  };

  const judge = async (project: TestProject): Promise<Verdict> => {
    const { exitCode, error } = await project.limbeckJson("check");
    const { context, fix } = error as {
      readonly context: Record<string, readonly string[]>;
      readonly fix: readonly string[];
    };
    const { differences = [], unwritten = [], drift = [], pending = [] } = context;
    return { exitCode, differences: differences.length, unwritten, drift, pending, fix };
  };

  it("finds nothing where all three agree, and says what it has looked at", async () => {
    const project = await begin();
    const run = await project.limbeckJson("check");
    expect(run).toMatchObject({ exitCode: 0, data: { history: { unwritten: [], drift: [], pending: [] } } });
    project.dispose();
  });

  it("calls it a missing revision where only the models say something", async () => {
    const project = await begin();
    useModels(project, "second", ", due: text()");
    expect(await judge(project)).toEqual({
      exitCode: 5,
      differences: 1,
      unwritten: ["+ add column due to todos"],
      drift: [],
      pending: [],
      fix: ['limbeck revision -m "..." --autogenerate'],
    });
    project.dispose();
  });

  it("calls it drift where somebody changed the database, and prints what brings it back", async () => {
    const project = await begin();
    await open().run("ALTER TABLE todos ADD COLUMN by_hand int");
    const verdict = await judge(project);
    expect(verdict).toMatchObject({ exitCode: 5, differences: 1, unwritten: [], pending: [] });
    expect(verdict.drift).toEqual(["- drop column by_hand from todos"]);
    const [fix = ""] = verdict.fix;
    const { stdout } = await project.limbeck(fix.replace("limbeck ", ""));
    expect(stdout).toMatch(/by_hand|limbeck_new/);
    project.dispose();
  });

  it("tells both apart where both are there", async () => {
    const project = await begin();
    await open().run("ALTER TABLE todos ADD COLUMN by_hand int");
    useModels(project, "second", ", due: text()");
    expect(await judge(project)).toMatchObject({
      differences: 2,
      unwritten: ["+ add column due to todos"],
      drift: ["- drop column by_hand from todos"],
    });
    project.dispose();
  });

  it("misses the revision of what was made in the models and in the database alike", async () => {
    const project = await begin();
    await open().run("ALTER TABLE todos ADD COLUMN due INTEGER");
    useModels(project, "second", ", due: integer()");
    const verdict = await judge(project);
    expect(verdict).toMatchObject({
      exitCode: 5,
      differences: 0,
      unwritten: ["+ add column due to todos"],
      drift: ["- drop column due from todos"],
    });
    // The commands that it names repair it.
    for (const fix of verdict.fix) await ok(project, fix.replace("limbeck ", "").replace('"..."', "second"));
    await ok(project, "check");
    project.dispose();
  });

  it("says that revisions are pending, and sees drift below them", async () => {
    const project = await begin();
    useModels(project, "second", ", due: text()");
    await ok(project, "revision --autogenerate -m second --rev-id a002");
    expect(await judge(project)).toMatchObject({
      exitCode: 5,
      unwritten: [],
      drift: [],
      pending: ["a002"],
      fix: ["limbeck upgrade head"],
    });
    await open().run("ALTER TABLE todos ADD COLUMN by_hand int");
    expect(await judge(project)).toMatchObject({ drift: ["- drop column by_hand from todos"], pending: ["a002"] });
    project.dispose();
  });

  it("compares the database and the models all the same where the revisions cannot be run", async () => {
    const project = await begin();
    project.writeRevision("a000", null, "broken", { up: `await op.execute("SELECT nothing FROM nowhere");` });
    const first = project.list();
    expect(first).toContain("migrations");
    await ok(project, "stamp --purge a001 a000");
    expect((await ok(project, "check")).replaceAll(/\s+/g, " ")).toContain("The revisions were not compared.");
    project.dispose();
  });
}
