import { Failure, reason } from "#lib/graphql/failure.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Choice, Field, TextInput } from "#ui/Field.tsx";

const t = defineMessages("targetFields", {
  type: "How to read it",
  url: "By its URL",
  urlHint:
    "A descriptor anywhere, or a repository, a folder or a pattern such as `catalog/**/*.yaml` on a git host of the config.",
  git: "As a git clone",
  gitHint: "Any git repository, as a whole or below a path: `https://host/repository.git//path?ref=branch`.",
  target: "URL",
  placeholder: "https://github.com/acme/shop/blob/main/catalog-info.yaml",
  gitPlaceholder: "https://github.com/acme/shop.git",
});

/** Where something is read from. */
export interface Place {
  type: string;
  target: string;
}

interface TargetFieldsProps {
  place: Place;
  /** What is wrong with the target. */
  error: string | undefined;
  onChange: (place: Place) => void;
}

/** Asks where to read from. */
export function TargetFields({ place, error, onChange }: TargetFieldsProps) {
  const type = place.type === "git" ? "git" : "url";
  return (
    <>
      <Choice
        label={t("type")}
        value={type}
        options={[
          { value: "url", label: t("url") },
          { value: "git", label: t("git") },
        ]}
        onChange={(next) => onChange({ ...place, type: next })}
      />
      <Field label={t("target")} hint={t(type === "git" ? "gitHint" : "urlHint")} error={error} isRequired>
        {(control) => (
          <TextInput
            {...control}
            type="url"
            spellCheck={false}
            placeholder={t(type === "git" ? "gitPlaceholder" : "placeholder")}
            value={place.target}
            onChange={({ target }) => onChange({ ...place, target: target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** A refusal told apart: what is wrong with the target, and what is about none of the fields. */
export function fieldFailure(error: unknown): { field: string | undefined; rest: unknown } {
  const isField = error instanceof Failure && error.field?.replace(/^input\./, "") === "target";
  return isField ? { field: reason(error), rest: null } : { field: undefined, rest: error };
}
