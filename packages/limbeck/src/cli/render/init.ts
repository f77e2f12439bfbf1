import type { InitResult } from "../../commands/init.ts";
import type { Style } from "../style.ts";
import { copyable } from "./copyable.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** What `init` made, as far as people need to know. */
export type InitView = Pick<InitResult, "configPath" | "openLines" | "models" | "scripts" | "package" | "next">;

const indent = (lines: readonly string[], { paint }: Style): readonly string[] => [
  "",
  ...lines.map((line) => `    ${paint("strong", line)}`),
  "",
];

/** The lines of the config that are left to do. */
function renderOpenLines({ configPath, openLines }: InitView, style: Style): readonly string[] {
  const { paint, symbols, width } = style;
  const [, second] = openLines;
  const text =
    second === undefined
      ? `One line of ${configPath} is open, the import of your models:`
      : `${openLines.length} lines of ${configPath} are open, the imports of your models:`;
  return [
    paint("good", wrapBehind(symbols.done, text, width)),
    ...indent(
      openLines.map((line) => line.trim()),
      style,
    ),
  ];
}

function renderModels(
  { path, exists }: Pick<NonNullable<InitView["models"]>, "path" | "exists">,
  config: string,
  style: Style,
): string {
  const { paint, symbols, width } = style;
  return exists
    ? paint("good", wrapBehind(symbols.done, `${config} takes your tables from ${path}.`, width))
    : paint(
        "warning",
        wrapBehind(symbols.warning, `${path} is not there yet: the file that exports your tables.`, width),
      );
}

function renderPackage(
  { name, folder, modelsPath }: NonNullable<InitView["package"]>,
  style: Style,
): readonly string[] {
  const { paint, symbols, width } = style;
  const text = `The package ${name}. Its tables go into ${modelsPath}, and other packages import them from there:`;
  return [
    paint("good", wrapBehind(symbols.done, text, width)),
    ...indent([`import * as models from "${name}";`], style),
    wrapText(
      `${folder} has to be among the workspaces of the package.json above it, or of pnpm-workspace.yaml.`,
      width,
    ),
  ];
}

function renderScripts({ scripts }: InitView, style: Style): readonly string[] {
  const lines = Object.entries(scripts).map(
    ([name, command]) => `${JSON.stringify(name)}: ${JSON.stringify(command)},`,
  );
  if (lines.length === 0) return [];
  const [name] = Object.keys(scripts);
  return [
    wrapText(`Scripts for package.json save typing -x: npm run ${name} status`, style.width),
    ...indent(lines, style),
  ];
}

function renderSource(view: InitView, style: Style): readonly string[] {
  if (view.package) return renderPackage(view.package, style);
  if (view.models) return [renderModels(view.models, view.configPath, style)];
  return renderOpenLines(view, style);
}

/** What is left to do. */
export function tellInit(view: InitView, style: Style): string {
  const [first, ...others] = view.next;
  const [open, second] = view.openLines;
  const isOneOpen = second === undefined;
  return [
    ...renderSource(view, style),
    ...renderScripts(view, style),
    renderNext(first, style, open === undefined ? undefined : `${isOneOpen ? "it is" : "they are"} filled in`),
    ...others.map((command) => `      ${copyable(command, style)}`),
  ].join("\n");
}
