import ts from "typescript-5";
import {
  findInterface,
  readDocstring,
  readProperties,
  type Declarations,
  type Docstring,
  type Property,
} from "./declarations.ts";

const FILE = "packages/limbeck/src/runtime/operations.ts";

/** One parameter of a method. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** What an object of that type may hold, where it is an interface of Limbeck's. */
  readonly properties: readonly Property[];
}

/** One method of an interface. */
export interface Method extends Docstring {
  readonly name: string;
  /** `op.addColumn(table: string, ...)`, without what it gives where that is nothing. */
  readonly signature: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly parameterTypes: readonly Parameter[];
}

/** The interface that a type is, if it is one that Limbeck declares. */
function findDeclaredInterface(checker: ts.TypeChecker, type: ts.Type): ts.InterfaceDeclaration | undefined {
  const plain = checker.getNonNullableType(type);
  const found = plain.getSymbol()?.declarations?.find(ts.isInterfaceDeclaration);
  return found?.getSourceFile().fileName.includes("packages/limbeck/src") === true ? found : undefined;
}

/** Interfaces that pages of their own tell of, or that nobody writes by hand. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(["BatchOperations", "Operations", "ColumnBuilder"]);

function readParameter({ checker }: Declarations, node: ts.ParameterDeclaration): Parameter {
  const declared = findDeclaredInterface(checker, checker.getTypeAtLocation(node));
  const isTold = declared === undefined || TOLD_ELSEWHERE.has(declared.name.text) || !node.questionToken;
  const isOfOptions = /Options$|Changes$/.test(declared?.name.text ?? "");
  return {
    name: node.name.getText(),
    type: (node.type?.getText() ?? "").replaceAll(/\s+/g, " "),
    isOptional: node.questionToken !== undefined,
    properties: declared && (!isTold || isOfOptions) ? readProperties(declared) : [],
  };
}

/** What objects of an interface are called. */
const OWNERS = { Operations: "op", BatchOperations: "batch" } as const;

/** What fits into a line of a page. */
const WIDTH = 68;

/** The signature without what every method gives; one that is too long for a line has a line for each parameter. */
function writeSignature(node: ts.MethodSignature, owner: string): string {
  const parameters = node.parameters.map((parameter) => parameter.getText().replaceAll(/\s+/g, " "));
  const result = node.type?.getText() ?? "";
  const end = /^(Promise<void>|void)$/.test(result) ? "" : `: ${result}`;
  const start = `${owner}.${node.name.getText()}(`;
  const line = `${start}${parameters.join(", ")})${end}`;
  return line.length <= WIDTH ? line : [start, ...parameters.map((one) => `  ${one},`), `)${end}`].join("\n");
}

/** The methods of `op`, or those of the object that `op.batchAlterTable` gives. */
export function readMethods(declarations: Declarations, of: keyof typeof OWNERS): readonly Method[] {
  const members = findInterface(declarations.file(FILE), of).members.filter(ts.isMethodSignature);
  return members.map((member) => ({
    ...readDocstring(member),
    name: member.name.getText(),
    signature: writeSignature(member, OWNERS[of]),
    parameterTypes: member.parameters.map((parameter) => readParameter(declarations, parameter)),
  }));
}
