/** A condition as people edit it: every part has an id, so that it stays itself while others come and go. */
export type ConditionNode = RuleNode | GroupNode;

/** One rule with its parameters. */
export interface RuleNode {
  id: number;
  kind: "rule";
  rule: string;
  resourceType?: string;
  params: Record<string, unknown>;
}

/** How the parts of a group count. */
export type GroupKind = "allOf" | "anyOf" | "not";

/** Several conditions, or one that must not hold. */
export interface GroupNode {
  id: number;
  kind: GroupKind;
  children: ConditionNode[];
}

/** What is wrong with a condition, and where in it: dotted, e.g. `anyOf.0.params.claims`; empty for the whole. */
export interface ConditionFault {
  path: string;
  message: string;
}

let lastId = 0;

/** A rule that nothing is said about yet. */
export function newRule(rule: string): RuleNode {
  return { id: ++lastId, kind: "rule", rule, params: {} };
}

/** A group of these parts. */
export function newGroup(kind: GroupKind, children: ConditionNode[]): GroupNode {
  return { id: ++lastId, kind, children };
}

const keys = ["rule", "resourceType", "params", "allOf", "anyOf", "not"];

/** Reads what grants hold in `when`; says what is wrong with anything else. */
export function readCondition(value: unknown): { node: ConditionNode } | { fault: ConditionFault } {
  try {
    return { node: readAt(value, "") };
  } catch (error) {
    if (error instanceof Misread) return { fault: { path: error.path, message: error.message } };
    throw error;
  }
}

class Misread extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

function readAt(value: unknown, path: string): ConditionNode {
  if (!isRecord(value)) throw new Misread(path, "A condition is an object with `rule`, `allOf`, `anyOf` or `not`.");
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Misread(path, `There is no \`${unknown}\` in a condition.`);
  const given = ["rule", "allOf", "anyOf", "not"].filter((key) => value[key] !== undefined && value[key] !== null);
  const [shape] = given;
  if (given.length !== 1 || shape === undefined) {
    throw new Misread(path, "Give exactly one of `rule`, `allOf`, `anyOf` and `not`.");
  }
  if (shape === "rule") return readRule(value, path);
  if (value.params !== undefined) throw new Misread(at(path, "params"), "`params` belong to a `rule`.");
  const parts = shape === "not" ? [value.not] : value[shape];
  if (!Array.isArray(parts)) throw new Misread(at(path, shape), `\`${shape}\` is a list of conditions.`);
  if (parts.length === 0) throw new Misread(at(path, shape), `\`${shape}\` needs at least one condition.`);
  const kind = shape as GroupKind;
  return newGroup(
    kind,
    parts.map((part, position) => readAt(part, childPath(path, kind, position))),
  );
}

function readRule(value: Record<string, unknown>, path: string): RuleNode {
  const { rule, resourceType, params = {} } = value;
  if (typeof rule !== "string") throw new Misread(at(path, "rule"), "`rule` is the name of a rule.");
  if (params !== null && !isRecord(params)) throw new Misread(at(path, "params"), "`params` is an object.");
  const node: RuleNode = { ...newRule(rule), params: { ...params } };
  if (typeof resourceType === "string") node.resourceType = resourceType;
  return node;
}

/** What a grant holds in `when`. */
export function writeCondition(node: ConditionNode): Record<string, unknown> {
  if (node.kind === "rule") {
    const { rule, resourceType, params } = node;
    return { rule, ...(resourceType !== undefined && { resourceType }), params };
  }
  const parts = node.children.map(writeCondition);
  return node.kind === "not" ? { not: parts[0] } : { [node.kind]: parts };
}

/** The place of a part of a group. */
export function childPath(path: string, kind: GroupKind, position: number): string {
  return kind === "not" ? at(path, "not") : at(path, `${kind}.${position}`);
}

/** The place of a member of a part. */
export function at(path: string, step: string): string {
  return path === "" ? step : `${path}.${step}`;
}

/** The tree with one part replaced, or without it for null; a group that is left without parts goes, too. */
export function replaced(tree: ConditionNode, id: number, by: ConditionNode | null): ConditionNode | null {
  if (tree.id === id) return by;
  if (tree.kind === "rule") return tree;
  const children = tree.children.flatMap((child) => replaced(child, id, by) ?? []);
  return children.length === 0 ? null : { ...tree, children };
}

/** The same condition turned into its opposite; twice is the condition itself. */
export function negated(node: ConditionNode): ConditionNode {
  const [child] = node.kind === "not" ? node.children : [];
  return child ?? newGroup("not", [node]);
}

/** Every rule of a condition with its place. */
export function rulesOf(node: ConditionNode, path = ""): { node: RuleNode; path: string }[] {
  if (node.kind === "rule") return [{ node, path }];
  return node.children.flatMap((child, position) => rulesOf(child, childPath(path, node.kind, position)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
