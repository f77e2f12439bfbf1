import { describe, expect, it } from "vitest";
import {
  group,
  hardline,
  indent,
  imported,
  join,
  line,
  listImports,
  softline,
  ifBroken,
  type Document,
} from "./document.ts";
import { renderArray, renderCall, renderChain, renderObject } from "./literal.ts";
import { printDocument } from "./print-document.ts";

const list: Document = group([
  "[",
  indent([softline, join([",", line], ["one", "two"])]),
  ifBroken(","),
  softline,
  "]",
]);

describe("printDocument", () => {
  it("keeps a group on one line as long as it fits, to the last column", () => {
    expect(printDocument([list, ";"], 11)).toBe("[one, two];");
    expect(printDocument([list, ";"], 10)).toBe("[\n  one,\n  two,\n];");
  });

  it("breaks the outer group before the inner one", () => {
    const outer = group(["f(", indent([softline, list]), softline, ")"]);
    expect(printDocument(outer, 12)).toBe("f(\n  [one, two]\n)");
  });

  it("breaks every group around a line break that has to be", () => {
    const outer = group(["{", indent([line, "a", hardline, "b"]), line, "}"]);
    expect(printDocument(outer, 80)).toBe("{\n  a\n  b\n}");
  });

  it("prints text with line breaks as it is, without indentation", () => {
    const text: Document = { kind: "verbatim", text: "`a\nb`" };
    expect(printDocument(indent([hardline, text, hardline, "c"]), 80)).toBe("\n  `a\nb`\n  c");
  });
});

describe("a call", () => {
  const object = renderObject([
    ["first", '"1"'],
    ["second", '"2"'],
  ]);

  it("stays on one line as long as it fits", () => {
    expect(printDocument([renderCall("f", ['"x"', object]), ";"], 38)).toBe('f("x", { first: "1", second: "2" });');
  });

  it("opens its last argument first, and all of them when that is not enough", () => {
    const call = [renderCall("f", ['"x"', object]), ";"];
    expect(printDocument(call, 30)).toBe('f("x", {\n  first: "1",\n  second: "2",\n});');
    expect(printDocument([renderCall("f", ['"a long text"', object]), ";"], 16)).toBe(
      'f(\n  "a long text",\n  {\n    first: "1",\n    second: "2",\n  },\n);',
    );
  });

  it("does not open one of two lists", () => {
    const call = renderCall("f", [renderArray(['"a"', '"b"']), renderArray(['"c"', '"d"'])]);
    expect(printDocument(call, 20)).toBe('f(\n  ["a", "b"],\n  ["c", "d"],\n)');
  });

  it("has no arguments", () => {
    expect(printDocument(renderCall("f", []), 80)).toBe("f()");
  });
});

describe("a chain of calls", () => {
  const chain = renderChain("text()", [
    ["notNull", []],
    ["default", ['"x"']],
  ]);

  it("stays on one line, or has one call per line", () => {
    expect(printDocument(chain, 80)).toBe('text().notNull().default("x")');
    expect(printDocument(chain, 20)).toBe('text()\n  .notNull()\n  .default("x")');
  });
});

describe("listImports", () => {
  it("gives each name once, sorted, wherever it stands", () => {
    const document = renderCall("op.x", [
      renderObject([["b", imported("varchar")]]),
      renderArray([imported("text"), imported("varchar")]),
    ]);
    expect(listImports(document)).toEqual(["text", "varchar"]);
  });
});
