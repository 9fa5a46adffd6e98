import { defineMessages } from "#lib/i18n/messages.ts";
import { type ConditionNode, type RuleNode, readCondition } from "./tree.ts";

const t = defineMessages("conditionWords", {
  owned: "the owner is {values}",
  ownedNot: "the owner is not {values}",
  kind: "the kind is {values}",
  kindNot: "the kind is not {values}",
  annotation: "the annotation {key}",
  label: "the label {key}",
  metadata: "`metadata.{key}`",
  spec: "`spec.{key}`",
  there: "{what} is there",
  thereNot: "{what} is not there",
  equal: "{what} is {value}",
  equalNot: "{what} is not {value}",
  other: "the rule `{rule}` holds ({params})",
  otherNot: "the rule `{rule}` does not hold ({params})",
  bare: "the rule `{rule}` holds",
  bareNot: "the rule `{rule}` does not hold",
  param: "{name}: {values}",
  or: " or ",
  and: " and ",
  notAll: "not all of ({what})",
  noneOf: "none of ({what})",
  group: "({what})",
  nothing: "…",
});

/** A condition as a clause, with names and values in backticks: ``the owner is `$ownerRefs` and the kind is not `API` ``. */
export function conditionWords(when: unknown): string {
  const result = readCondition(when);
  return "node" in result ? nodeWords(result.node) : code(JSON.stringify(when));
}

function nodeWords(node: ConditionNode, isDenied = false): string {
  if (node.kind === "rule") return ruleWords(node, isDenied);
  const [first] = node.children;
  // What holds one part alone says the same as the part.
  if (first && node.children.length === 1) return nodeWords(first, node.kind === "not" ? !isDenied : isDenied);
  const parts = node.children.map((child) =>
    isClause(child) ? nodeWords(child) : t("group", { what: nodeWords(child) }),
  );
  if (isDenied) return t(node.kind === "allOf" ? "notAll" : "noneOf", { what: parts.join(", ") });
  return parts.join(t(node.kind === "allOf" ? "and" : "or"));
}

/** Whether it can stand beside others without brackets. */
function isClause(node: ConditionNode, isDenied = false): boolean {
  if (node.kind === "rule") return true;
  const [first] = node.children;
  if (!first || node.children.length > 1) return isDenied;
  return isClause(first, node.kind === "not" ? !isDenied : isDenied);
}

function ruleWords({ rule, params }: RuleNode, isDenied: boolean): string {
  const about = (what: string) => {
    if (params.value === undefined) return t(isDenied ? "thereNot" : "there", { what });
    return t(isDenied ? "equalNot" : "equal", { what, value: code(String(params.value)) });
  };
  switch (rule) {
    case "IS_ENTITY_OWNER":
      return t(isDenied ? "ownedNot" : "owned", { values: values(params.claims) });
    case "IS_OWNER":
      return t(isDenied ? "ownedNot" : "owned", { values: values(params.owners) });
    case "IS_ENTITY_KIND":
      return t(isDenied ? "kindNot" : "kind", { values: values(params.kinds) });
    case "HAS_ANNOTATION":
      return about(t("annotation", { key: values(params.annotation) }));
    case "HAS_LABEL":
      return about(t("label", { key: values(params.label) }));
    case "HAS_METADATA":
      return about(t("metadata", { key: plain(params.key) }));
    case "HAS_SPEC":
      return about(t("spec", { key: plain(params.key) }));
  }
  const named = Object.entries(params).map(([name, value]) => t("param", { name, values: values(value) }));
  if (named.length === 0) return t(isDenied ? "bareNot" : "bare", { rule });
  return t(isDenied ? "otherNot" : "other", { rule, params: named.join(", ") });
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
