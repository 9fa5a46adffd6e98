import { defineMessages } from "#lib/i18n/messages.ts";
import { type ConditionNode, type RuleNode, readCondition } from "./tree.ts";

const t = defineMessages("conditionWords", {
  owned: "owned by {values}",
  kind: "of kind {values}",
  annotation: "with the annotation {key}",
  label: "with the label {key}",
  metadata: "with `metadata.{key}`",
  spec: "with `spec.{key}`",
  equal: "{what} = {value}",
  other: "`{rule}` ({params})",
  bare: "`{rule}`",
  param: "{name}: {values}",
  or: " or ",
  and: " and ",
  not: "not {what}",
  group: "({what})",
  nothing: "…",
});

/** A condition in words, with names and values in backticks: ``owned by `$ownerRefs` and not of kind `API` ``. */
export function conditionWords(when: unknown): string {
  const result = readCondition(when);
  return "node" in result ? nodeWords(result.node) : code(JSON.stringify(when));
}

function nodeWords(node: ConditionNode): string {
  if (node.kind === "rule") return ruleWords(node);
  const parts = node.children.map((child) =>
    child.kind === "rule" || child.kind === "not" || node.children.length === 1
      ? nodeWords(child)
      : t("group", { what: nodeWords(child) }),
  );
  if (node.kind !== "not") return parts.join(t(node.kind === "allOf" ? "and" : "or"));
  const [child] = node.children;
  const isSimple = child?.kind === "rule" || child?.children.length === 1;
  return t("not", { what: isSimple ? (parts[0] ?? "") : t("group", { what: parts[0] ?? "" }) });
}

function ruleWords({ rule, params }: RuleNode): string {
  const equal = (what: string) =>
    params.value === undefined ? what : t("equal", { what, value: code(String(params.value)) });
  switch (rule) {
    case "IS_ENTITY_OWNER":
      return t("owned", { values: values(params.claims) });
    case "IS_OWNER":
      return t("owned", { values: values(params.owners) });
    case "IS_ENTITY_KIND":
      return t("kind", { values: values(params.kinds) });
    case "HAS_ANNOTATION":
      return equal(t("annotation", { key: values(params.annotation) }));
    case "HAS_LABEL":
      return equal(t("label", { key: values(params.label) }));
    case "HAS_METADATA":
      return equal(t("metadata", { key: plain(params.key) }));
    case "HAS_SPEC":
      return equal(t("spec", { key: plain(params.key) }));
  }
  const named = Object.entries(params).map(([name, value]) => t("param", { name, values: values(value) }));
  return named.length === 0 ? t("bare", { rule }) : t("other", { rule, params: named.join(", ") });
}

function values(value: unknown): string {
  const list = Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value];
  if (list.length === 0) return t("nothing");
  return list.map((one) => code(typeof one === "string" ? one : JSON.stringify(one))).join(t("or"));
}

function plain(value: unknown): string {
  return value === undefined ? t("nothing") : String(value).replaceAll("`", "'");
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
