import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { descriptorsText } from "./descriptors.ts";

const petstore = {
  apiVersion: "backstage.io/v1alpha1",
  kind: "Component",
  metadata: {
    uid: "0190",
    etag: "abc",
    name: "petstore",
    description: "on: # no comment",
    annotations: {
      "backstage.io/managed-by-location": "url:https://git.example.com/a.yaml",
      "backstage.io/managed-by-origin-location": "url:https://git.example.com/a.yaml",
      "github.com/project-slug": "shop/petstore",
    },
  },
  spec: { type: "service", owner: "pets" },
};

const read = (text: string) => [...parseAllDocuments(text)].map((document) => document.toJS());

test("every entity is a document that can be read again, without where it came from", () => {
  const plain = {
    ...petstore,
    metadata: { name: "plain", annotations: { "backstage.io/orphan": "true" } },
    spec: null,
  };
  expect(read(descriptorsText([petstore, plain]))).toEqual([
    {
      apiVersion: "backstage.io/v1alpha1",
      kind: "Component",
      metadata: {
        name: "petstore",
        description: "on: # no comment",
        annotations: { "github.com/project-slug": "shop/petstore" },
      },
      spec: { type: "service", owner: "pets" },
    },
    { apiVersion: "backstage.io/v1alpha1", kind: "Component", metadata: { name: "plain" } },
  ]);
});

test("no entities are an empty file", () => {
  expect(descriptorsText([])).toBe("");
});
