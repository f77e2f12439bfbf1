import { expect, it } from "vitest";
import { createTestProject } from "../cli/test-project.ts";

/** A database of one engine, and an independent dump of its schema. */
export interface ReplaceableDatabase {
  readonly url: string;
  readonly dump: () => string;
}

/** What an engine writes otherwise. */
export interface ReplaceableWords {
  /** A trigger that gives a new row another title, in two versions. */
  readonly trigger: (title: string) => string;
  /** Model definitions that only this engine has, in two versions. Default none. */
  readonly more?: (version: 1 | 2) => string;
}

/** Views on views, a view on a column whose type changes, a trigger; the second version changes all of them. */
function writeModels(version: 1 | 2, { trigger, more }: ReplaceableWords): string {
  const filter = version === 1 ? "size > 1" : "size > 2 and title <> 'x'";
  const columns = version === 1 ? "id, title, size" : "id, size";
  return `
import { bigint, definedObject, integer, table, text, trigger, view } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), title: text(), size: ${version === 1 ? "integer" : "bigint"}() });
export const z_first = view("z_first", "select ${columns} from todos where ${filter}");
export const a_second = view("a_second", "select id from z_first");
export const m_third = view("m_third", "select a_second.id from a_second join z_first on z_first.id = a_second.id where z_first.size > ${version}");
export const guard = trigger("guard", { table: "todos", definition: ${JSON.stringify(trigger(version === 1 ? "old" : "new"))} });
${more?.(version) ?? ""}
`;
}

/** Declares the tests of an engine. */
export function testReplaceableObjects(open: () => ReplaceableDatabase, words: ReplaceableWords): void {
  it("come in the order of their dependencies, and a downgrade restores their former bodies", async () => {
    const project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
    const useModels = (version: 1 | 2): void => {
      project.write(
        "limbeck.config.ts",
        `export default { url: ${JSON.stringify(open().url)}, models: () => import("./v${version}.ts") };\n`,
      );
      project.write(`v${version}.ts`, writeModels(version, words));
    };
    const ok = async (line: string): Promise<void> => {
      const run = await project.limbeck(line);
      expect({ line, ...run }).toMatchObject({ line, exitCode: 0 });
    };
    useModels(1);
    await ok("revision --autogenerate -m first --rev-id a001");
    await ok("upgrade head");
    const before = open().dump();
    useModels(2);
    await ok("revision --autogenerate -m second --rev-id a002");
    await ok("upgrade head");
    await ok("check");
    const after = open().dump();
    expect(after).not.toBe(before);
    await ok("downgrade -1");
    expect(open().dump()).toBe(before);
    await ok("upgrade head");
    expect(open().dump()).toBe(after);
    await ok("downgrade base");
    project.dispose();
  });
}
