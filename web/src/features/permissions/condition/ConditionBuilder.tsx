import { Plus } from "lucide-react";
import { Button } from "#ui/Button.tsx";
import { Select } from "#ui/Field.tsx";
import styles from "./Condition.module.css";
import { ConditionPart, type KnownRule } from "./ConditionPart.tsx";
import { t } from "./messages.ts";
import { type ConditionFault, type ConditionNode, newGroup, newRule, replaced } from "./tree.ts";

interface ConditionBuilderProps {
  condition: ConditionNode | null;
  rules: readonly KnownRule[];
  faults: readonly ConditionFault[];
  onChange: (condition: ConditionNode | null) => void;
}

/** A condition put together from rules, in groups that nest as they count. */
export function ConditionBuilder({ condition, rules, faults, onChange }: ConditionBuilderProps) {
  if (condition === null) return <FirstRule rules={rules} onChange={onChange} />;
  const [first] = rules;
  const join = (kind: "allOf" | "anyOf") => first && onChange(newGroup(kind, [condition, newRule(first.name)]));
  return (
    <div className={styles.builder}>
      <ConditionPart
        node={condition}
        path=""
        rules={rules}
        faults={faults}
        onReplace={(id, by) => onChange(replaced(condition, id, by))}
      />
      {(condition.kind === "rule" || condition.kind === "not") && (
        <div className={styles.add}>
          <Button size="small" onClick={() => join("allOf")}>
            <Plus size={14} aria-hidden />
            {t("and")}
          </Button>
          <Button size="small" onClick={() => join("anyOf")}>
            <Plus size={14} aria-hidden />
            {t("or")}
          </Button>
        </div>
      )}
    </div>
  );
}

function FirstRule({ rules, onChange }: Pick<ConditionBuilderProps, "rules" | "onChange">) {
  return (
    <div className={styles.first}>
      <Select aria-label={t("first")} value="" onChange={({ target }) => onChange(newRule(target.value))}>
        <option value="" disabled>
          {t("first")}
        </option>
        {rules.map(({ name, description }) => (
          <option key={name} value={name}>{`${name}: ${description}`}</option>
        ))}
      </Select>
      <p>{t("firstHint")}</p>
    </div>
  );
}
