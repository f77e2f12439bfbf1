import { WIDE, joinParts, writeBlock, writeCode, writeLink, writeTable, writeText } from "../markdown.ts";
import type { Page } from "../page.ts";
import type { Declarations } from "../read/declarations.ts";
import type { Documents } from "../documents/documents.ts";
import { writeMentions } from "../read/mentions.ts";
import { readMethods, type Method } from "../read/methods.ts";
import { compileExample, type CompiledExample } from "./compile-example.ts";
import { OPERATION_EXAMPLES, type OperationExample, type OperationMethod } from "./operation-examples.ts";
import { OPERATION_GROUPS, type OperationGroup } from "./operation-groups.ts";

const INDEX = "reference/operations/index.md";

const LEGEND =
  "_rebuild_: yes, by making the table anew with all its rows; _own words_: yes, where the example would be another one; _no_: refused, with the code of the error.";

interface DocumentedMethod extends Method {
  readonly example: OperationExample;
  readonly compiled: readonly CompiledExample[];
}

const groupPath = ({ name }: OperationGroup): string => `reference/operations/${name}.md`;

const errorPath = (code: string): string =>
  `reference/errors/${code.slice(0, 4).toLowerCase()}.md#${code.toLowerCase()}`;

/** The call of an example as it stands in the source, with `await` before it. */
function writeCall({ call }: OperationExample): string {
  const lines = String(call)
    .replace(/^\(op\) =>\s*/, "")
    .split("\n");
  const indents = lines.slice(1).flatMap((line) => (line.trim() === "" ? [] : [/^ */.exec(line)?.[0].length ?? 0]));
  const indent = Math.min(...indents);
  const [first = "", ...rest] = lines;
  return `await ${[first, ...rest.map((line) => line.slice(indent))].join("\n")};`;
}

const isForeign = ({ writtenFor }: OperationExample, engine: string): boolean =>
  writtenFor !== undefined && writtenFor !== engine;

/** What an engine does with the example, in a few words. */
function writeSupport(method: DocumentedMethod, { engine, sql, refusedWith }: CompiledExample, path: string): string {
  if (refusedWith !== undefined) return `no, ${writeLink(refusedWith, path, errorPath(refusedWith))}`;
  if (isForeign(method.example, engine)) return "own\u00A0words";
  const isRebuilt = sql.some((statement) => /RENAME TO/.test(statement)) && sql.length > 3;
  return isRebuilt ? "rebuild" : "yes";
}

/** What each engine gets, in blocks of which one is shown at a time. */
function writeStatements({ example, compiled }: DocumentedMethod): string {
  const blocks = compiled
    .filter(({ engine, sql }) => sql.length > 0 && !isForeign(example, engine))
    .map(({ engine, sql }) => writeBlock(`sql [${engine}]`, sql.join("\n")));
  return blocks.length === 0 ? "" : ["::: code-group", ...blocks, ":::"].join("\n\n");
}

function writeParameters({ parameterTypes, parameters }: Method): string {
  const rows = parameterTypes.flatMap(({ name, type, isOptional, properties }) => [
    [writeCode(`${name}${isOptional ? "?" : ""}`), writeCode(type), writeText(parameters.get(name) ?? "")],
    ...properties.map((property) => [
      writeCode(`${name}.${property.name}${property.isOptional ? "?" : ""}`),
      writeCode(property.type),
      writeText(property.summary),
    ]),
  ]);
  // The signature says all the rest.
  const isTold = rows.some(([, , meaning]) => meaning !== "");
  return isTold ? writeTable(["parameter", "type", "meaning"], rows) : "";
}

/** The documents that use a method, the one that explains it first. */
function writeSources({ name, example: { see } }: DocumentedMethod, path: string, documents: Documents): string {
  const pages = documents.mention(new RegExp(`\\bop\\.${name}\\(`));
  const own = see === undefined ? [] : [documents.find(see)];
  return writeMentions([...new Set([...own, ...pages])], path);
}

function writeMethod(method: DocumentedMethod, path: string, documents: Documents): string {
  const { name, summary, signature, throws, example, compiled } = method;
  return joinParts([
    `## op.${name}`,
    writeText(summary),
    writeBlock("ts", signature),
    writeParameters(method),
    ...throws.map((text) => `Throws ${writeText(text)}.`),
    writeBlock("ts", writeCall(example)),
    writeTable(
      compiled.map(({ engine }) => engine),
      [compiled.map((one) => writeSupport(method, one, path))],
    ),
    writeStatements(method),
    writeSources(method, path, documents),
  ]).trimEnd();
}

function writeBatch(methods: readonly Method[]): string {
  return joinParts([
    "## What a batch takes",
    "The same changes as `op` has, without the name of the table:",
    writeBlock("ts", methods.map(({ signature }) => `${signature};`).join("\n")),
  ]).trimEnd();
}

function writeGroup(
  group: OperationGroup,
  methods: readonly DocumentedMethod[],
  context: { readonly documents: Documents; readonly batch: readonly Method[] },
): Page {
  const path = groupPath(group);
  const text = joinParts([
    `# ${group.title}`,
    `${methods.map(({ name }) => writeLink(writeCode(`op.${name}`), path, `${path}#op${name.toLowerCase()}`)).join(", ")}. The SQL is what each engine gets for the example, in the oldest version that is tested.`,
    LEGEND,
    ...methods.map((method) => writeMethod(method, path, context.documents)),
    ...(methods.some(({ name }) => name === "batchAlterTable") ? [writeBatch(context.batch)] : []),
  ]);
  return { path, title: group.title, text };
}

function writeIndex(methods: ReadonlyMap<string, DocumentedMethod>): Page {
  const engines = [...(methods.values().next().value?.compiled ?? [])].map(({ engine }) => engine);
  const writeRow = (group: OperationGroup, name: OperationMethod): readonly string[] => {
    const method = requireMethod(methods, name);
    return [
      writeLink(writeCode(`op.${name}`), INDEX, `${groupPath(group)}#op${name.toLowerCase()}`),
      writeText(method.summary.split(/(?<=[.:])\s/)[0]?.replace(/:$/, ".") ?? ""),
      ...method.compiled.map((one) => writeSupport(method, one, INDEX)),
    ];
  };
  const text = joinParts([
    WIDE,
    "# Operations",
    "What `upgrade(op)` and `downgrade(op)` work with. Calls run in order, also where an `await` was forgotten. A name of `null` leaves the name to the naming convention.",
    `Whether an engine does it was asked of its compiler, with the example of each page. ${LEGEND}`,
    ...OPERATION_GROUPS.flatMap((group) => [
      `## ${group.title}`,
      writeTable(
        ["operation", "what it does", ...engines],
        group.methods.map((name) => writeRow(group, name)),
      ),
    ]),
  ]);
  return { path: INDEX, title: "All operations", text };
}

function requireMethod(methods: ReadonlyMap<string, DocumentedMethod>, name: string): DocumentedMethod {
  const method = methods.get(name);
  if (!method) throw new Error(`op has no method ${name}`);
  return method;
}

/** A page for each group of operations, and one that lists them all. */
export async function buildOperationPages(declarations: Declarations, documents: Documents): Promise<readonly Page[]> {
  const declared = new Map(readMethods(declarations, "Operations").map((method) => [method.name, method]));
  const names = OPERATION_GROUPS.flatMap(({ methods }) => methods);
  const documented = await Promise.all(
    names.map(async (name): Promise<readonly [string, DocumentedMethod]> => {
      const method = declared.get(name);
      if (!method) throw new Error(`op has no method ${name}`);
      const example = OPERATION_EXAMPLES[name];
      return [name, { ...method, example, compiled: await compileExample(example) }];
    }),
  );
  const methods = new Map(documented);
  const context = { documents, batch: readMethods(declarations, "BatchOperations") };
  return [
    writeIndex(methods),
    ...OPERATION_GROUPS.map((group) =>
      writeGroup(
        group,
        group.methods.map((name) => requireMethod(methods, name)),
        context,
      ),
    ),
  ];
}
