import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { parseEntityRef } from "#lib/entityRef.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import { t } from "../messages.ts";
import { type CatalogSearch, type FacetName, toggled } from "./catalogSearch.ts";
import styles from "./Facets.module.css";
import { useListTarget } from "./listPlace.ts";

const shortLength = 8;
const searchableLength = 12;

/** A value one can narrow by. */
export interface FacetOption {
  value: string;
  count: number;
  isChosen: boolean;
}

interface FacetProps {
  name: FacetName;
  options: FacetOption[];
  /** What a value is called where it is shown; itself unless told. */
  labelOf?: ((value: string) => string) | undefined;
  search: CatalogSearch;
}

const itself = (value: string) => value;

/** The choices of one facet: the most frequent ones, and the rest when asked for. */
export function Facet({ name, options, labelOf = itself, search }: FacetProps) {
  const [isWhole, setIsWhole] = useState(false);
  const [wanted, setWanted] = useState("");
  const part = wanted.trim().toLowerCase();
  const found = isWhole
    ? options.filter(({ value }) => [value, labelOf(value)].some((text) => text.toLowerCase().includes(part)))
    : options;
  const isLong = options.length > shortLength + 1;
  const shown =
    isLong && !isWhole ? found.filter(({ isChosen }, position) => position < shortLength || isChosen) : found;
  if (options.length === 0) return <p className={styles.none}>{t("noValues")}</p>;
  return (
    <>
      {isWhole && options.length > searchableLength && (
        <input
          className={styles.find}
          type="search"
          aria-label={t("findValue", { facet: t(name) })}
          placeholder={t("findValue", { facet: t(name) })}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <div className={isWhole ? styles.scroll : undefined}>
        {shown.map((option) => (
          <Option
            key={option.value.toLowerCase()}
            name={name}
            option={option}
            label={labelOf(option.value)}
            search={search}
          />
        ))}
      </div>
      {isLong && (
        <Button
          className={styles.more}
          look="quiet"
          size="small"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? t("showFewer") : t("showAll", { count: options.length })}
        </Button>
      )}
    </>
  );
}

interface OptionProps {
  name: FacetName;
  option: FacetOption;
  label: string;
  search: CatalogSearch;
}

function Option({ name, option, label, search }: OptionProps) {
  const navigate = useNavigate();
  const target = useListTarget();
  const { value, count, isChosen } = option;
  const isReference = name === "owner";
  const key = name === "kind" || isReference ? value.toLowerCase() : value;
  const toggle = () => navigate({ ...target(toggled(search, name, key)), resetScroll: false });
  return (
    <label className={styles.option} title={value}>
      <input type="checkbox" checked={isChosen} onChange={toggle} />
      {name === "kind" && <KindIcon kind={value} />}
      {isReference && <KindIcon kind={parseEntityRef(value)?.kind ?? ""} />}
      <span className={styles.label}>{label}</span>
      <span className={styles.count}>{formatNumber(count)}</span>
    </label>
  );
}
