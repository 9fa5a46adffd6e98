import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { Failure, reason } from "#lib/graphql/failure.ts";
import type { Effect } from "#lib/graphql/schema.generated.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Choice } from "#ui/Field.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { ConditionEditor } from "../condition/ConditionEditor.tsx";
import { formFaults, formFields } from "../condition/schemaForm.ts";
import { type ConditionFault, type ConditionNode, readCondition, rulesOf, writeCondition } from "../condition/tree.ts";
import { vocabulary } from "../queries.ts";
import styles from "./Grants.module.css";
import { GrantTarget, kindOfTarget, type TargetKind } from "./GrantTarget.tsx";
import { t } from "./messages.ts";
import { resourceTypesOf } from "./reach.ts";
import type { VocabularyQuery } from "./Vocabulary.generated.ts";
import { grantWords, type SpokenGrant } from "./words.ts";

interface GrantDialogProps {
  title: string;
  /** What is edited, or what a new one starts from. */
  grant: SpokenGrant;
  /** Asks the server whether it would do; throws its refusal, with the `field` inside the grant. */
  check: (grant: SpokenGrant) => Promise<void>;
  onApply: (grant: SpokenGrant) => void;
  onClose: () => void;
}

/** Asks what is to be allowed or denied, and for which resources. */
export function GrantDialog(props: GrantDialogProps) {
  const { data, error, refetch } = useQuery(vocabulary());
  if (data) return <GrantForm {...props} {...data} />;
  return (
    <Dialog title={props.title} size="wide" onClose={props.onClose}>
      {error ? <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} /> : <Waiting />}
    </Dialog>
  );
}

interface GrantFormProps extends GrantDialogProps {
  permissions: NonNullable<VocabularyQuery["permissions"]>;
  rules: NonNullable<VocabularyQuery["conditionRules"]>;
}

function GrantForm({ title, grant, check, onApply, onClose, permissions, rules }: GrantFormProps) {
  const [kind, setKind] = useState<TargetKind>(() => kindOfTarget(grant, permissions));
  const [target, setTarget] = useState({ permission: grant.permission, action: grant.action });
  const [effect, setEffect] = useState<Effect>(grant.effect);
  const [isNarrowed, setIsNarrowed] = useState(grant.when !== null && grant.when !== undefined);
  const [condition, setCondition] = useState<ConditionNode | null>(() => nodeOf(grant.when));
  const [faults, setFaults] = useState<readonly ConditionFault[]>([]);
  const [failure, setFailure] = useState<unknown>(null);
  const [isUnreadable, setIsUnreadable] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const types = target.permission === "" ? [] : resourceTypesOf(target, permissions);
  const usable = rules.filter(({ resourceType }) => types.includes(resourceType));
  // A condition that came along is never dropped unseen, even where nothing is known that it could be about.
  const canNarrow = usable.length > 0 || condition !== null || Boolean(grant.when);
  const isEdited = canNarrow && isNarrowed;
  const when = isEdited && condition ? writeCondition(condition) : null;
  const result: SpokenGrant = { ...target, permission: target.permission.trim(), effect, when };

  const apply = async () => {
    const found = localFaults(result, isEdited ? condition : undefined, rules);
    setFaults(found);
    setFailure(null);
    if (found.length > 0 || (isEdited && isUnreadable)) return;
    setIsBusy(true);
    try {
      await check(result);
      onApply(result);
    } catch (error) {
      const fault = faultOf(error);
      if (fault) setFaults([fault]);
      else setFailure(error);
    }
    setIsBusy(false);
  };
  const targetFault = faults.find(({ path }) => path === "permission" || path === "action");
  const conditionFaults = faults.flatMap(({ path, message }) =>
    path === "when" ? [{ path: "", message }] : path.startsWith("when.") ? [{ path: path.slice(5), message }] : [],
  );
  return (
    <Dialog
      title={title}
      size="wide"
      onClose={onClose}
      onSubmit={() => void apply()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={isBusy}>
            {t("apply")}
          </Button>
        </>
      }
    >
      <FormFailure error={failure} />
      <GrantTarget
        kind={kind}
        target={target}
        permissions={permissions}
        error={targetFault?.message}
        onChange={(nextKind, next) => {
          setKind(nextKind);
          setTarget(next);
        }}
      />
      <Choice
        label={t("effect")}
        value={effect}
        options={[
          { value: "ALLOW", label: t("allow"), hint: t("allowHint") },
          { value: "DENY", label: t("deny"), hint: t("denyHint") },
        ]}
        onChange={setEffect}
      />
      {canNarrow && (
        <Choice
          label={t("scope")}
          value={isNarrowed ? "some" : "everything"}
          options={[
            { value: "everything", label: t("everything") },
            { value: "some", label: t("some") },
          ]}
          onChange={(value) => {
            // The text that cannot be read goes with its field.
            setIsUnreadable(false);
            setIsNarrowed(value === "some");
          }}
        />
      )}
      {usable.length === 0 && target.permission !== "" && <p className={styles.note}>{t("noCondition")}</p>}
      {isEdited && (
        <div className={styles.condition}>
          {conditionFaults.some(({ path }) => path === "") && condition === null && (
            <p className={styles.fault} role="alert">
              {conditionFaults[0]?.message}
            </p>
          )}
          <ConditionEditor
            condition={condition}
            rules={usable}
            faults={conditionFaults}
            onChange={(next) => {
              setCondition(next);
              setFaults([]);
            }}
            onUnreadable={setIsUnreadable}
          />
        </div>
      )}
      {target.permission !== "" && (
        <p className={styles.preview}>
          <span className="visually-hidden">{t("preview")}</span>
          <Prose text={grantWords(result)} />
        </p>
      )}
    </Dialog>
  );
}

function nodeOf(when: unknown): ConditionNode | null {
  const result = when === null || when === undefined ? null : readCondition(when);
  return result && "node" in result ? result.node : null;
}

/** What is wrong with a grant as far as it can be told without the server, with the places that it names. */
function localFaults(
  { permission }: SpokenGrant,
  condition: ConditionNode | null | undefined,
  rules: GrantFormProps["rules"],
): ConditionFault[] {
  if (permission === "") return [{ path: "permission", message: t("needsPermission") }];
  if (condition === null) return [{ path: "when", message: t("needsCondition") }];
  if (condition === undefined) return [];
  return rulesOf(condition, "").flatMap(({ node, path }) => {
    const schema = rules.find(({ name }) => name === node.rule)?.params;
    const place = path === "" ? "when" : `when.${path}`;
    return formFaults(formFields(schema), node.params).map(({ name, message }) => ({
      path: `${place}.params.${name}`,
      message,
    }));
  });
}

function faultOf(error: unknown): ConditionFault | null {
  if (!(error instanceof Failure) || error.field === null) return null;
  return { path: error.field, message: reason(error) };
}
