import { createProject, type Project } from "./project.ts";
import type { Workspace } from "./workspace.ts";

/** The columns of the table, one more with every revision. */
const STAGES: readonly { readonly message: string; readonly columns: readonly string[] }[] = [
  {
    message: "create todos",
    columns: [
      "id: integer().primaryKey().autoIncrement()",
      "title: varchar(255).notNull()",
      "description: text()",
      "is_completed: boolean().notNull().default(false)",
      "created_at: timestamp({ timezone: true }).notNull().defaultNow()",
    ],
  },
  { message: "add updated_at", columns: ["updated_at: timestamp({ timezone: true })"] },
  { message: "add deleted_at", columns: ["deleted_at: timestamp({ timezone: true })"] },
  { message: "add priority", columns: ["priority: smallint()"] },
];

function renderModels(stages: typeof STAGES): string {
  const columns = stages.flatMap((stage) => stage.columns).map((column) => `  ${column},\n`);
  return `import { boolean, integer, smallint, table, text, timestamp, varchar } from "limbeck/schema";

export const todos = table("todos", {
${columns.join("")}});
`;
}

/** A small real project: four revisions that the tool generated from the models, all applied. */
export function createTodoProject(workspace: Workspace, name: string): Project {
  const project = createProject(workspace, name);
  for (const [index, { message }] of STAGES.entries()) {
    project.write("app/models.ts", renderModels(STAGES.slice(0, index + 1)));
    project.limbeck("revision", "-m", message, "--autogenerate");
    project.limbeck("upgrade", "head");
  }
  return project;
}
