import { type ReactNode, useState } from "react";
import { defineMessages, formatNumber } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";
import styles from "./FacetOptions.module.css";
import { Skeleton } from "./Skeleton.tsx";

const t = defineMessages("facetOptions", {
  find: "Find in {facet}",
  showAll: "Show all {count}",
  showFewer: "Show fewer",
  none: "None",
});

const shortLength = 8;
const searchableLength = 12;

/** A value one can narrow by. */
export interface FacetOption {
  value: string;
  count: number;
  isChosen: boolean;
}

interface FacetOptionsProps {
  /** What they are values of. */
  title: string;
  options: readonly FacetOption[];
  /** What a value is called where it is shown; itself unless told. */
  labelOf?: ((value: string) => string) | undefined;
  iconOf?: ((value: string) => ReactNode) | undefined;
  onToggle: (value: string) => void;
}

const itself = (value: string) => value;

/** The choices of one facet: the most frequent ones, and the rest when asked for. */
export function FacetOptions({ title, options, labelOf = itself, iconOf, onToggle }: FacetOptionsProps) {
  const [isWhole, setIsWhole] = useState(false);
  const [wanted, setWanted] = useState("");
  const part = wanted.trim().toLowerCase();
  const found = isWhole
    ? options.filter(({ value }) => [value, labelOf(value)].some((text) => text.toLowerCase().includes(part)))
    : options;
  const isLong = options.length > shortLength + 1;
  const shown =
    isLong && !isWhole ? found.filter(({ isChosen }, position) => position < shortLength || isChosen) : found;
  if (options.length === 0) return <p className={styles.none}>{t("none")}</p>;
  return (
    <>
      {isWhole && options.length > searchableLength && (
        <input
          className={styles.find}
          type="search"
          aria-label={t("find", { facet: title })}
          placeholder={t("find", { facet: title })}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <div className={isWhole ? styles.scroll : undefined}>
        {shown.map(({ value, count, isChosen }) => (
          <FacetChoice
            key={value.toLowerCase()}
            label={labelOf(value)}
            hint={value}
            icon={iconOf?.(value)}
            count={count}
            isChosen={isChosen}
            onChoose={() => onToggle(value)}
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

interface FacetChoiceProps {
  label: string;
  hint?: string;
  icon?: ReactNode;
  count?: number;
  isChosen: boolean;
  onChoose: () => void;
  /** One of those with the same name, instead of one among several. */
  name?: string;
}

/** A line of a facet. */
export function FacetChoice({ label, hint, icon, count, isChosen, onChoose, name }: FacetChoiceProps) {
  return (
    <label className={styles.option} title={hint}>
      <input type={name === undefined ? "checkbox" : "radio"} name={name} checked={isChosen} onChange={onChoose} />
      {icon}
      <span className={styles.label}>{label}</span>
      {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
    </label>
  );
}

/** A facet with its title. */
export function FacetGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.facet}>
      <legend className={styles.legend}>{title}</legend>
      {children}
    </fieldset>
  );
}

/** In place of choices that are still being counted. */
export function FacetSkeleton({ isVisible }: { isVisible: boolean }) {
  return [70, 50, 60].map((width) => (
    <div key={width} className={styles.option}>
      {isVisible && <Skeleton width={`${width}%`} />}
    </div>
  ));
}
