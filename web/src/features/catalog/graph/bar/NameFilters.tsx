import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import { Popover } from "#ui/Popover.tsx";
import { drawnType, drawnTypes, relationTitle } from "../../entity/relationTypes.ts";
import type { Drawing } from "../drawing.ts";
import { changed, type GraphSearch, toggled } from "../graphSearch.ts";
import { t } from "../messages.ts";
import { graphKinds } from "../queries.ts";
import styles from "./GraphBar.module.css";
import type { Go } from "./GraphBar.tsx";

/** Which kinds are shown: all, or those that are chosen. */
export function KindFilter({ search, go }: { search: GraphSearch; go: Go }) {
  const { data } = useQuery({ ...graphKinds(), select: (answer) => answer.data.entityKinds });
  const known = data ?? [];
  const chosen = search.kind ?? [];
  const strange = chosen.filter((kind) => !known.some((one) => one.kind.toLowerCase() === kind));
  const kinds = [...known, ...strange.map((kind) => ({ kind, count: 0 }))];
  return (
    <NameFilter
      label={chosen.length > 0 ? t("kindsChosen", { count: chosen.length }) : t("kinds")}
      options={kinds.map(({ kind, count }) => ({
        value: kind.toLowerCase(),
        label: kind,
        icon: <KindIcon kind={kind} />,
        count,
      }))}
      chosen={chosen}
      onToggle={(kind) => go(toggled(search, "kind", kind))}
      onClear={() => go(changed(search, { kind: undefined }))}
    />
  );
}

/** Which relations are shown: all, or those that are chosen. */
export function RelationFilter({ search, drawing, go }: { search: GraphSearch; drawing: Drawing; go: Go }) {
  const chosen = search.relation ?? [];
  const types = new Set<string>([...drawnTypes, ...drawing.edges.map(({ type }) => drawnType(type)), ...chosen]);
  return (
    <NameFilter
      label={chosen.length > 0 ? t("relationsChosen", { count: chosen.length }) : t("relations")}
      options={[...types].map((value) => ({ value, label: relationTitle(value) }))}
      chosen={chosen}
      onToggle={(type) => go(toggled(search, "relation", type))}
      onClear={() => go(changed(search, { relation: undefined }))}
    />
  );
}

interface NameFilterProps {
  label: string;
  options: readonly { value: string; label: string; icon?: ReactNode; count?: number }[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
  onClear: () => void;
}

function NameFilter({ label, options, chosen, onToggle, onClear }: NameFilterProps) {
  return (
    <Popover label={label} trigger={label}>
      <fieldset>
        <legend className="visually-hidden">{label}</legend>
        {options.map(({ value, label, icon, count }) => (
          <label key={value} className={styles.option}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
            {icon}
            <span className={styles.name}>{label}</span>
            {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
          </label>
        ))}
        <Button
          className={styles.clear ?? ""}
          look="quiet"
          size="small"
          disabled={chosen.length === 0}
          onClick={onClear}
        >
          {t("all")}
        </Button>
      </fieldset>
    </Popover>
  );
}
