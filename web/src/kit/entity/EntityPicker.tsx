import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatEntityRef, parseEntityRef, shortName } from "#lib/entityRef.ts";
import { useSettled } from "#lib/settled.ts";
import type { ControlProps } from "#ui/Field.tsx";
import { Picker, type PickerOption } from "#ui/Picker.tsx";
import { operation } from "../query.ts";
import styles from "./EntityChip.module.css";
import { EntitySearchDocument } from "./EntitySearch.generated.ts";
import { useEntityNames } from "./entityNames.ts";
import { KindIcon } from "./KindIcon.tsx";

const typingPause = 120;
const mostOptions = 8;

interface EntityPickerProps {
  control: ControlProps;
  /** Only entities of these kinds; any kind without. */
  kinds?: readonly string[];
  values: string[];
  onChange: (values: string[]) => void;
  isSingle?: boolean;
  /** Values that stand for somebody else, offered first. */
  aliases?: readonly PickerOption[];
  placeholder?: string;
  /** Not offered, as it is there already. */
  excluded?: readonly string[];
}

/** Picks entities by searching the catalog; a whole reference may be typed even if nothing is there. */
export function EntityPicker({
  control,
  kinds,
  values,
  onChange,
  isSingle,
  aliases = [],
  placeholder,
  excluded = [],
}: EntityPickerProps) {
  const [typed, setTyped] = useState("");
  const text = useSettled(typed.trim(), typingPause);
  const { data, isPlaceholderData } = useQuery({
    ...operation(EntitySearchDocument, {
      text: text === "" ? undefined : text,
      kind: kinds ? [...kinds] : undefined,
      first: mostOptions,
    }),
    placeholderData: keepPreviousData,
  });
  const names = useEntityNames(values.filter((value) => parseEntityRef(value)));
  const fitting = aliases.filter(({ value }) => value.toLowerCase().includes(typed.toLowerCase()));
  const found = (data?.data.entities?.nodes ?? []).map(({ ref, kind, displayName }) => ({
    value: ref,
    label: displayName,
    detail: ref,
    icon: <KindIcon kind={kind} />,
  }));
  const read = (text: string) => {
    const parts = parseEntityRef(text.toLowerCase());
    return parts && (!kinds || kinds.includes(parts.kind)) ? formatEntityRef(parts) : null;
  };
  const chip = (value: string) => {
    const parts = parseEntityRef(value);
    return (
      <span className={styles.chip} title={value}>
        {parts && <KindIcon kind={parts.kind} />}
        <span className={styles.name}>{names.get(value)?.displayName ?? shortName(value)}</span>
      </span>
    );
  };
  return (
    <Picker
      control={control}
      values={values}
      onChange={onChange}
      options={[...fitting, ...found].filter(({ value }) => !excluded.includes(value))}
      onType={setTyped}
      areFitting={typed.trim() === text && !isPlaceholderData}
      read={read}
      chip={chip}
      {...(isSingle !== undefined && { isSingle })}
      {...(placeholder !== undefined && { placeholder })}
    />
  );
}
