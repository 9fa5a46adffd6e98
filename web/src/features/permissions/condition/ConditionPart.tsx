import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button } from "#ui/Button.tsx";
import { Field, Select } from "#ui/Field.tsx";
import { Prose } from "#ui/Prose.tsx";
import styles from "./Condition.module.css";
import { t } from "./messages.ts";
import { RuleForm } from "./RuleForm.tsx";
import { formFields } from "./schemaForm.ts";
import {
  at,
  type ConditionFault,
  type ConditionNode,
  childPath,
  type GroupKind,
  type GroupNode,
  negated,
  newGroup,
  newRule,
  type RuleNode,
} from "./tree.ts";

/** A rule that conditions can use. */
export interface KnownRule {
  name: string;
  description: string;
  resourceType: string;
  params: unknown;
}

interface PartProps<Node extends ConditionNode> {
  node: Node;
  /** Its place in the condition. */
  path: string;
  rules: readonly KnownRule[];
  faults: readonly ConditionFault[];
  /** Puts something in the place of a part, or nothing for null. */
  onReplace: (id: number, by: ConditionNode | null) => void;
}

/** One part of a condition, with all that is in it. */
export function ConditionPart(props: PartProps<ConditionNode>) {
  const { node } = props;
  return node.kind === "rule" ? <Rule {...props} node={node} /> : <Group {...props} node={node} />;
}

function Rule({ node, path, rules, faults, onReplace }: PartProps<RuleNode>) {
  const known = rules.find(({ name }) => name === node.rule);
  const own = faults.filter((fault) => fault.path === path || fault.path.startsWith(path === "" ? "" : `${path}.`));
  const errors = new Map(
    own.flatMap(({ path: where, message }) => {
      const rest = where.slice(at(path, "params.").length);
      return where.startsWith(at(path, "params.")) ? [[rest.split(".")[0] ?? "", message] as const] : [];
    }),
  );
  const fields = formFields(known?.params);
  const isShown = (fault: ConditionFault) =>
    fields.some(({ name }) => fault.path.startsWith(at(path, `params.${name}`)));
  const error = own.find((fault) => !isShown(fault))?.message;
  return (
    <section className={styles.rule} aria-label={`${t("rule")} ${node.rule}`}>
      <div className={styles.head}>
        <div className={styles.grow}>
          <Field label={t("rule")} hint={known?.description} error={error}>
            {(control) => (
              <Select
                {...control}
                value={node.rule}
                onChange={({ target }) => onReplace(node.id, { ...newRule(target.value), id: node.id })}
              >
                {!known && <option value={node.rule}>{t("unknownRule", { rule: node.rule })}</option>}
                {rules.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Tools node={node} onReplace={onReplace} />
      </div>
      <RuleForm
        key={node.rule}
        fields={fields}
        params={node.params}
        errors={errors}
        onChange={(params) => onReplace(node.id, { ...node, params })}
      />
    </section>
  );
}

function Group({ node, path, rules, faults, onReplace }: PartProps<GroupNode>) {
  const id = useId();
  const { kind, children } = node;
  const own = faults.find((fault) => fault.path === path || fault.path === at(path, kind));
  const add = (child: ConditionNode) => onReplace(node.id, { ...node, children: [...children, child] });
  const [first] = rules;
  return (
    <fieldset className={styles.group} data-kind={kind} aria-labelledby={id}>
      <div className={styles.head}>
        {kind === "not" ? (
          <span className={styles.join} id={id}>
            {t("not")}
          </span>
        ) : (
          <>
            <span className="visually-hidden" id={id}>
              {t(kind)}
            </span>
            <Select
              className={styles.join}
              aria-label={t("join")}
              value={kind}
              onChange={({ target }) => onReplace(node.id, { ...node, kind: target.value as GroupKind })}
            >
              <option value="allOf">{t("allOf")}</option>
              <option value="anyOf">{t("anyOf")}</option>
            </Select>
          </>
        )}
        <span className={styles.grow} />
        <Tools node={node} onReplace={onReplace} />
      </div>
      {own && (
        <p className={styles.fault}>
          <Prose text={own.message} />
        </p>
      )}
      {children.map((child, position) => (
        <ConditionPart
          key={child.id}
          node={child}
          path={childPath(path, kind, position)}
          rules={rules}
          faults={faults}
          onReplace={onReplace}
        />
      ))}
      {kind !== "not" && first && (
        <div className={styles.add}>
          <AddButton onClick={() => add(newRule(first.name))}>{t("addRule")}</AddButton>
          <AddButton onClick={() => add(newGroup(kind === "allOf" ? "anyOf" : "allOf", [newRule(first.name)]))}>
            {t("addGroup")}
          </AddButton>
        </div>
      )}
    </fieldset>
  );
}

function Tools({ node, onReplace }: Pick<PartProps<ConditionNode>, "node" | "onReplace">) {
  return (
    <div className={styles.tools}>
      <Button look="quiet" size="small" onClick={() => onReplace(node.id, negated(node))}>
        {t(node.kind === "not" ? "affirm" : "negate")}
      </Button>
      <Button
        look="quiet"
        size="small"
        isIcon
        aria-label={t("remove")}
        title={t("remove")}
        onClick={() => onReplace(node.id, null)}
      >
        <Trash2 size={14} aria-hidden />
      </Button>
    </div>
  );
}

function AddButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button size="small" onClick={onClick}>
      <Plus size={14} aria-hidden />
      {children}
    </Button>
  );
}
