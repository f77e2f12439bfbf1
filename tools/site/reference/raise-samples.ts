import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript-5";
import type { LimbeckError } from "../../../packages/limbeck/src/kernel/errors/limbeck-error.ts";
import { readDocstring, type Declarations } from "../read/declarations.ts";
import { chooseSamples, SAMPLE_CONTEXTS } from "./named-samples.ts";
import { makeSample } from "./sample-context.ts";

/** An error of every kind, made of samples of the data that it brings. */
export interface SampleError {
  readonly code: string;
  readonly reason: string;
  readonly title: string;
  readonly why: string;
  readonly fix: readonly string[];
  readonly exitCode: number;
  /** The class that it is of. */
  readonly family: string;
  /** What the docstring of the class says. */
  readonly meaning: string;
}

const CATALOGUE = "packages/limbeck/src/kernel/errors/catalogue.ts";

/** The functions of a family, by the reason that each makes an error of. */
type Factories = Readonly<Record<string, (context: unknown) => LimbeckError>>;

/** The context that the function for a reason takes; undefined where it is no function. */
function findContextType(checker: ts.TypeChecker, reason: ts.Symbol): ts.Type | undefined {
  const [signature] = checker.getTypeOfSymbol(reason).getCallSignatures();
  const [context] = signature?.parameters ?? [];
  return context && checker.getTypeOfSymbol(context);
}

/** What the classes of a file are there for, by their names. */
function readClasses(file: ts.SourceFile): ReadonlyMap<string, string> {
  const classes = file.statements.filter(ts.isClassDeclaration);
  return new Map(classes.map((one) => [one.name?.text ?? "", readDocstring(one).summary]));
}

const isFactory = (name: string): boolean => name.endsWith("Errors");

async function raiseFamily(
  file: ts.SourceFile,
  { checker }: Declarations,
  meanings: ReadonlyMap<string, string>,
): Promise<readonly SampleError[]> {
  const symbol = checker.getSymbolAtLocation(file);
  const families = symbol ? checker.getExportsOfModule(symbol).filter(({ name }) => isFactory(name)) : [];
  // A module's exports are unknown to the compiler when its path is made up at run time.
  const exported = (await import(pathToFileURL(file.fileName).href)) as Readonly<Record<string, Factories>>;
  const sampler = { checker, samples: chooseSamples(basename(file.fileName)) };
  return families.flatMap((family) =>
    checker.getPropertiesOfType(checker.getTypeOfSymbol(family)).flatMap((reason): readonly SampleError[] => {
      const type = findContextType(checker, reason);
      const create = exported[family.name]?.[reason.name];
      if (!type || typeof create !== "function") return [];
      const sample = Object.assign(Object(makeSample(sampler, type, "")), SAMPLE_CONTEXTS[reason.name]);
      const { code, title, why, fix, exitCode, name } = create(sample);
      return [
        { code, reason: reason.name, title, why, fix, exitCode, family: name, meaning: meanings.get(name) ?? "" },
      ];
    }),
  );
}

/**
 * Makes one error of every kind that there is.
 *
 * @throws Error when the sample of some data is not what a message can be made of; an entry in `SAMPLE_CONTEXTS` is
 */
export async function raiseSamples(declarations: Declarations): Promise<readonly SampleError[]> {
  const files = declarations.beside(CATALOGUE).filter(({ fileName }) => basename(fileName).endsWith("-errors.ts"));
  const meanings = new Map(files.flatMap((file) => [...readClasses(file)]));
  const families = await Promise.all(files.map((file) => raiseFamily(file, declarations, meanings)));
  return families.flat();
}
