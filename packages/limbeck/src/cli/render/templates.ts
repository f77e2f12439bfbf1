import type { TemplateDescription } from "../../commands/init.ts";
import type { Style } from "../style.ts";

/** The kinds of project, one per line. */
export function renderTemplates(templates: readonly TemplateDescription[], { paint }: Style): string {
  const width = Math.max(...templates.map(({ name }) => name.length));
  return templates
    .map(({ name, description }) => `${paint("strong", name)}${" ".repeat(width - name.length)}  ${description}`)
    .join("\n");
}
