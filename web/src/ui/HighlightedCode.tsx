import graphql from "highlight.js/lib/languages/graphql";
import json from "highlight.js/lib/languages/json";
import protobuf from "highlight.js/lib/languages/protobuf";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";
import { type ReactNode, useMemo } from "react";
import { CodeBlock } from "./CodeBlock.tsx";
import { isColourable } from "./colourable.ts";

const languages = { graphql, json, protobuf, yaml };
const lowlight = createLowlight(languages);

/** A language that has colours. */
export type Language = keyof typeof languages;

type Nodes = ReturnType<typeof lowlight.highlight>["children"];

/** Text in the colours of its language. Load it on demand: it brings the grammars with it. */
export function HighlightedCode({ text, language, label }: { text: string; language: Language; label: string }) {
  const content = useMemo(
    () => (isColourable(text) ? render(lowlight.highlight(language, text).children) : text),
    [text, language],
  );
  return (
    <CodeBlock text={text} label={label}>
      {content}
    </CodeBlock>
  );
}

/** Builds elements, never HTML: the text is anybody's. */
function render(nodes: Nodes): ReactNode[] {
  return nodes.map((node, position) => {
    if (node.type === "text") return node.value;
    if (node.type !== "element") return null;
    const { className } = node.properties;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
      <span key={position} className={Array.isArray(className) ? className.join(" ") : undefined}>
        {render(node.children as Nodes)}
      </span>
    );
  });
}
