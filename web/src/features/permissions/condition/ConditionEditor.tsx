import { useState } from "react";
import { Choice, Field, TextArea } from "#ui/Field.tsx";
import { ConditionBuilder } from "./ConditionBuilder.tsx";
import type { KnownRule } from "./ConditionPart.tsx";
import { t } from "./messages.ts";
import { type ConditionFault, type ConditionNode, readCondition, writeCondition } from "./tree.ts";

interface ConditionEditorProps {
  condition: ConditionNode | null;
  rules: readonly KnownRule[];
  faults: readonly ConditionFault[];
  onChange: (condition: ConditionNode | null) => void;
  /** Told when the JSON cannot be read, so that nobody saves what they do not see. */
  onUnreadable: (isUnreadable: boolean) => void;
}

/** A condition to be edited, as a form or as JSON. */
export function ConditionEditor({ condition, rules, faults, onChange, onUnreadable }: ConditionEditorProps) {
  const [view, setView] = useState<"form" | "json">("form");
  return (
    <>
      <Choice
        label={t("view")}
        isLabelHidden
        value={view}
        options={[
          { value: "form", label: t("form") },
          { value: "json", label: t("json") },
        ]}
        onChange={(next) => {
          onUnreadable(false);
          setView(next);
        }}
      />
      {view === "form" ? (
        <ConditionBuilder condition={condition} rules={rules} faults={faults} onChange={onChange} />
      ) : (
        <ConditionJson condition={condition} faults={faults} onChange={onChange} onUnreadable={onUnreadable} />
      )}
    </>
  );
}

function ConditionJson({ condition, faults, onChange, onUnreadable }: Omit<ConditionEditorProps, "rules">) {
  const [text, setText] = useState(() => (condition ? JSON.stringify(writeCondition(condition), null, 2) : ""));
  const [misread, setMisread] = useState<string>();
  const change = (next: string) => {
    setText(next);
    const result = read(next);
    setMisread("message" in result ? result.message : undefined);
    onUnreadable("message" in result);
    if ("node" in result) onChange(result.node);
  };
  const told = faults.map(({ path, message }) => (path === "" ? message : `\`${path}\`: ${message}`)).join(" ");
  return (
    <Field label={t("builder")} error={misread ?? (told || undefined)}>
      {(control) => (
        <TextArea {...control} isCode spellCheck={false} value={text} onChange={({ target }) => change(target.value)} />
      )}
    </Field>
  );
}

function read(text: string): { node: ConditionNode | null } | { message: string } {
  if (text.trim() === "") return { node: null };
  try {
    const result = readCondition(JSON.parse(text));
    if ("node" in result) return result;
    const { path, message } = result.fault;
    return { message: path === "" ? message : `\`${path}\`: ${message}` };
  } catch (error) {
    return { message: t("notJson", { message: error instanceof Error ? error.message : String(error) }) };
  }
}
