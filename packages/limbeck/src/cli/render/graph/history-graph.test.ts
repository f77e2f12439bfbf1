import { describe, expect, it } from "vitest";
import type { HistoryResult } from "../../../commands/history.ts";
import type { RevisionGraph } from "../../../graph/revision-graph.ts";
import { sketchGraph } from "../../../graph/sketch-graph.ts";
import { chooseStyle, type Style } from "../../style.ts";
import { renderHistoryGraph } from "./history-graph.ts";
import { tellLegend } from "./legend.ts";

interface Look {
  readonly columns?: number;
  readonly ascii?: boolean;
  readonly color?: boolean;
}

const styleOf = ({ columns = 80, ascii = false, color = false }: Look = {}): Style =>
  chooseStyle({ write: () => undefined, isTTY: true, columns }, { env: {}, noColor: !color, ascii });

function list(graph: RevisionGraph, range = ":", messages: Readonly<Record<string, string>> = {}): HistoryResult {
  const revisions = graph
    .resolveRange(range)
    .map((id) => ({ ...graph.get(id), message: messages[id] ?? `make ${id.toUpperCase()}`, path: `/app/${id}.ts` }));
  return { revisions };
}

const draw = (sketch: string, range?: string, look?: Look): string =>
  renderHistoryGraph(list(sketchGraph(sketch), range), styleOf(look), false);

const lines = (...picture: readonly string[]): string => picture.join("\n");

describe("the picture of", () => {
  it("one line", () => {
    expect(draw("a; b < a; c < b")).toBe(
      lines(
        "●  c (head)  make C", //
        "●  b  make B",
        "●  a  make A",
      ),
    );
  });

  it("a branch, with its label where it begins and at its head", () => {
    expect(draw("a; b < a; c < a #side; d < c; e < b")).toBe(
      lines(
        "●    d (side) (head)  make D",
        "●    c (side)  make C",
        "│ ●  e (head)  make E",
        "│ ●  b  make B",
        "├─╯",
        "●    a (branchpoint)  make A",
      ),
    );
  });

  it("a diamond", () => {
    expect(draw("a; b < a; c < a; d < b c")).toBe(
      lines(
        "●    d (head) (mergepoint)  make D",
        "├─╮",
        "● │  b  make B",
        "│ ●  c  make C",
        "├─╯",
        "●    a (branchpoint)  make A",
      ),
    );
  });

  it("two merges of the same revisions, crosswise", () => {
    expect(draw("a; b < a; c < a; d < b c; e < c b")).toBe(
      lines(
        "●        d (head) (mergepoint)  make D",
        "├─╮",
        "│ │ ●    e (head) (mergepoint)  make E",
        "│ │ ├─╮",
        "├─│─│─╯",
        "│ ├─╯",
        "● │      b (branchpoint)  make B",
        "│ ●      c (branchpoint)  make C",
        "├─╯",
        "●        a (branchpoint)  make A",
      ),
    );
  });

  it("a merge of three", () => {
    expect(draw("a; b < a; c < a; d < a; e < b c d")).toBe(
      lines(
        "●      e (head) (mergepoint)  make E",
        "├─┬─╮",
        "● │ │  b  make B",
        "│ ● │  c  make C",
        "├─╯ │",
        "│   ●  d  make D",
        "├───╯",
        "●      a (branchpoint)  make A",
      ),
    );
  });

  it("two independent bases", () => {
    expect(draw("a; b < a; x; y < x")).toBe(
      lines(
        "●  b (head)  make B", //
        "●  a  make A",
        "",
        "●  y (head)  make Y",
        "●  x  make X",
      ),
    );
  });

  it("branches from a merge point", () => {
    expect(draw("a; b < a; c < a; d < b c; e < d; f < d")).toBe(
      lines(
        "●    e (head)  make E",
        "│ ●  f (head)  make F",
        "├─╯",
        "●    d (branchpoint) (mergepoint)  make D",
        "├─╮",
        "● │  b  make B",
        "│ ●  c  make C",
        "├─╯",
        "●    a (branchpoint)  make A",
      ),
    );
  });

  it("a dependency on another base, which is dotted", () => {
    expect(draw("a; b < a; c < b; x; y < x ~ b; z < y")).toBe(
      lines(
        "●      c (head)  make C",
        "│ ●    z (head)  make Z",
        "│ ●    y  make Y",
        "│ ├┄╮",
        "│ ● ┊  x  make X",
        "├┄┄┄╯",
        "●      b  make B",
        "●      a  make A",
      ),
    );
  });

  it("a dependency right below, which is no parent", () => {
    expect(draw("a; x ~ a")).toBe(
      lines(
        "●  x (head)  make X", //
        "┊",
        "●  a (effective head)  make A",
      ),
    );
  });

  it("a merge with a dependency, in ASCII", () => {
    expect(draw("a; b < a; c < a; x; d < b c ~ x", ":", { ascii: true })).toBe(
      lines(
        "*      d (head) (mergepoint)  make D",
        "+-\\",
        "+.|.\\",
        "* | :  b  make B",
        "| * :  c  make C",
        "+-/ :",
        "*   :  a (branchpoint)  make A",
        "    *  x (effective head)  make X",
      ),
    );
  });

  it("a range, which lines lead out of", () => {
    const sketch = "a; b < a; c < b; d < a; e < c d ~ a; f < e";
    expect(draw(sketch, "e:")).toBe(
      lines(
        "●      f (head)  make F",
        "●      e (mergepoint)  make E",
        "├─╮",
        "├┄│┄╮",
        "~ │ ┊  goes on at c",
        "  ~ ┊  goes on at d",
        "    ~  depends on a",
      ),
    );
    expect(draw(sketch, "b:c")).toBe(
      lines(
        "●  c  make C", //
        "●  b  make B",
        "~  goes on at a",
      ),
    );
  });

  it("no revisions is empty", () => {
    expect(renderHistoryGraph({ revisions: [] }, styleOf(), false)).toBe("");
  });
});

describe("where the database stands", () => {
  const graph = sketchGraph("a; b < a; c < a; d < b c");
  const result = { ...list(graph), current: ["b"], pending: ["d", "c"] };

  it("is marked, and what is not applied yet is hollow", () => {
    expect(renderHistoryGraph(result, styleOf(), false)).toBe(
      lines(
        "○    d (head) (mergepoint)  make D",
        "├─╮",
        "◉ │  b (current)  make B",
        "│ ○  c  make C",
        "├─╯",
        "●    a (branchpoint)  make A",
      ),
    );
    expect(renderHistoryGraph(result, styleOf({ ascii: true }), false)).toBe(
      lines(
        "o    d (head) (mergepoint)  make D",
        "+-\\",
        "@ |  b (current)  make B",
        "| o  c  make C",
        "+-/",
        "*    a (branchpoint)  make A",
      ),
    );
  });

  it("is explained, as are dotted lines, if they are there", () => {
    expect(tellLegend(result, true, styleOf())).toBe("\n◉ the database stands here, ○ not applied yet");
    expect(tellLegend(result, false, styleOf())).toBe("");
    const dependent = list(sketchGraph("a; x ~ a"));
    expect(tellLegend(dependent, false, styleOf())).toBe("\n┄┄ depends on");
    expect(tellLegend({ ...dependent, current: ["a"], pending: ["x"] }, true, styleOf({ ascii: true }))).toBe(
      "\n@ the database stands here, o not applied yet, .. depends on",
    );
  });
});

describe("a graph", () => {
  it("shows a label at that head of several which it leads to", () => {
    const picture = draw("a #one; b < a #two; c < a #three; d < c; e < c");
    expect(picture).toContain("b (two) (head)");
    expect(picture).toContain("d (head)");
    expect(picture).toContain("c (three) (branchpoint)");
    expect(picture).toContain("a (one) (branchpoint)");
  });

  it("shows all that is known of each revision beside the lines", () => {
    const result = { ...list(sketchGraph("a; b < a; c < a")), current: ["b"], pending: ["c"] };
    expect(renderHistoryGraph(result, styleOf(), true)).toBe(
      lines(
        "◉    Rev: b (head) (current)",
        "│    Parent: a",
        "│    Path: /app/b.ts",
        "│",
        "│        make B",
        "│",
        "│ ○  Rev: c (head)",
        "│ │  Parent: a",
        "│ │  Path: /app/c.ts",
        "│ │",
        "│ │      make C",
        "│ │",
        "├─╯",
        "●    Rev: a (branchpoint)",
        "     Parent: <base>",
        "     Branches into: b, c",
        "     Path: /app/a.ts",
        "",
        "         make A",
      ),
    );
  });

  it("has a colour for each lane but the first, and for nothing else that is in it", () => {
    const picture = draw("a; b < a; c < a", ":", { color: true });
    const [red, green, dim, magenta] = [31, 32, 2, 35].map((code) => `\u001B[${code}m`);
    expect(picture).not.toContain(red);
    expect(picture.split("\n").map((line) => line.split("  ")[0])).toEqual([
      "●",
      `│ ${magenta}●\u001B[39m`,
      `├${magenta}─╯\u001B[39m`,
      "●",
    ]);
    expect(picture).toContain(`${green} (head)`);
    expect(picture).toContain(`${dim} (branchpoint)`);
  });
});

describe("a line", () => {
  const LONG =
    "create invoice_lines with a foreign key that restricts deletion of the invoice that it belongs to, and an index";

  it.each([40, 60, 80, 120])(
    "takes no more than the %i columns that there are, at the cost of the message",
    (columns) => {
      const result = list(sketchGraph("a; b < a; c < a; d < b c"), ":", { a: LONG, b: LONG, c: LONG, d: LONG });
      const picture = renderHistoryGraph(result, styleOf({ columns }), false).split("\n");
      const widths = picture.map((line) => line.length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
      expect(widths[2]).toBeGreaterThan(columns - 8);
      expect(picture[0]).toMatch(/^● {4}d \(head\) \(mergepoint\) {2}.*…$/);
    },
  );

  it("keeps id and marks whole even where they alone are too long", () => {
    const id = "f".repeat(40);
    const picture = draw(`a; ${id} < a #${"l".repeat(30)}`, ":", { columns: 60 });
    expect(picture.split("\n")[0]).toBe(`●  ${id} (${"l".repeat(30)}) (head)`);
  });

  it("counts columns, not characters, and takes no line breaks from a message", () => {
    const wide = "表を作る".repeat(20);
    const result = list(sketchGraph("a; b < a"), ":", { a: wide, b: "one\n\ttwo\u001B[31m three" });
    const [second, first] = renderHistoryGraph(result, styleOf({ columns: 40 }), false).split("\n");
    expect(second).toBe("●  b (head)  one two [31m three");
    // Before it stand "●  a  ", which leaves 34 columns: one for the ellipsis, and 16 signs of two.
    expect(first).toBe(`●  a  ${wide.slice(0, 16)}…`);
  });

  it("stands in one column with its neighbours, unless there are too many lanes before it", () => {
    const parents = Array.from({ length: 9 }, (_, index) => `p${index}`);
    const sketch = ["a", ...parents.map((parent) => `${parent} < a`), `m < ${parents.join(" ")}`, "n < m"].join("; ");
    const picture = draw(sketch).split("\n");
    expect(picture[0]).toBe("●                n (head)  make N");
    expect(picture[3]).toBe("● │ │ │ │ │ │ │ │  p0  make P0");
    expect(picture.at(-1)).toBe("●                a (branchpoint)  make A");
  });

  it("breaks off where lanes leave no room, says where it goes on, and shows there that it came from above", () => {
    const label = "l".repeat(28);
    expect(draw(`a; b < a; c < a; d < a; e < b c d #${label}; f < e`, ":", { columns: 40 })).toBe(
      lines(
        "●    f (head)  make F",
        `●    e (${label}) (mergepoint)`,
        "├─╮",
        "│ ~  goes on at c",
        "├─╮",
        "● │  b  make B",
        "~ │  goes on at a",
        "  │",
        "~ │",
        "● │  c  make C",
        "│ ●  d  make D",
        "├─╯",
        "●    a (branchpoint)  make A",
      ),
    );
  });
});
