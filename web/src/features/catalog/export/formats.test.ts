import { expect, test } from "vitest";
import type { ExportRowFragment } from "./CatalogExport.generated.ts";
import { rowsText } from "./formats.ts";

function row(change: Partial<ExportRowFragment> = {}): ExportRowFragment {
  return {
    ref: "component:default/petstore",
    kind: "Component",
    namespace: "default",
    name: "petstore",
    title: null,
    description: null,
    type: "service",
    lifecycle: "production",
    tags: ["go", "shop"],
    owner: { ref: "group:default/pets" },
    system: null,
    ...change,
  };
}

const lines = (rows: ExportRowFragment[]) => rowsText("csv", rows).replace("\uFEFF", "").split("\r\n");

test("a CSV file has a header, a line for each entity and nothing else", () => {
  expect(lines([row()])).toEqual([
    "ref,kind,namespace,name,title,description,type,lifecycle,owner,system,tags",
    "component:default/petstore,Component,default,petstore,,,service,production,group:default/pets,,go shop",
    "",
  ]);
});

test("quotes, commas and line breaks stay inside their cell", () => {
  expect(lines([row({ title: 'Pets, "fast"', description: "one\ntwo" })])[1]).toContain(
    ',"Pets, ""fast""","one\ntwo",',
  );
});

test("nothing in a cell is a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1+1", "＠SUM(A1)"]) {
    expect(lines([row({ title: text })])[1]).toContain(`,'${text},`);
  }
  for (const text of ["\t=1", "\n=1"]) expect(rowsText("csv", [row({ title: text })])).toContain(`,"'${text}",`);
  expect(lines([row({ title: '=HYPERLINK("http://x")' })])[1]).toContain(`,"'=HYPERLINK(""http://x"")",`);
});

test("what begins a cell elsewhere begins none inside one", () => {
  expect(lines([row({ title: "a;=1+1", description: "b\t=1+1" })])[1]).toContain(',"a;=1+1","b\t=1+1",');
});

test("JSON keeps what is absent and what is a list", () => {
  expect(JSON.parse(rowsText("json", [row()]))).toEqual([
    {
      ref: "component:default/petstore",
      kind: "Component",
      namespace: "default",
      name: "petstore",
      title: null,
      description: null,
      type: "service",
      lifecycle: "production",
      owner: "group:default/pets",
      system: null,
      tags: ["go", "shop"],
    },
  ]);
});
