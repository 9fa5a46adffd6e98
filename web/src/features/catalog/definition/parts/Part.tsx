import { SearchX } from "lucide-react";
import { type ReactNode, use, useId } from "react";
import { Link } from "#kit/Link.tsx";
import { Badge } from "#ui/Badge.tsx";
import { buttonClass } from "#ui/Button.tsx";
import { Markdown } from "#ui/Markdown.tsx";
import { Notice } from "#ui/Notice.tsx";
import { t } from "../messages.ts";
import type { Outline } from "../outline.ts";
import { DefinitionContext, definitionTarget, ItemLink } from "../place.tsx";
import styles from "./Parts.module.css";

interface PartProps {
  title: ReactNode;
  /** Above the title: its address, its kind. */
  above?: ReactNode;
  description?: string | undefined;
  isDeprecated?: boolean;
  children?: ReactNode;
}

/** One thing of a definition. */
export function Part({ title, above, description, isDeprecated = false, children }: PartProps) {
  return (
    <article className={styles.part}>
      <header className={styles.head}>
        {above}
        <h2 className={styles.title}>
          {title}
          {isDeprecated && <Badge tone="warning">{t("deprecated")}</Badge>}
        </h2>
        {description && <Markdown text={description} />}
      </header>
      {children}
    </article>
  );
}

interface PartSectionProps {
  title: string;
  action?: ReactNode;
  /** It stands in no part. */
  isAlone?: boolean;
  children: ReactNode;
}

/** A titled stretch of a part. */
export function PartSection({ title, action, isAlone = false, children }: PartSectionProps) {
  const Heading = isAlone ? "h2" : "h3";
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <Heading className={styles.sectionTitle} id={id}>
          {title}
        </Heading>
        {action}
      </div>
      {children}
    </section>
  );
}

/** Names and what they are; what is not there is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  const present = facts.filter(([, value]) => value !== undefined && value !== null && value !== false);
  if (present.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {present.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
    </dl>
  );
}

/** What the address names and the definition has not. */
export function MissingPart({ item }: { item: string }) {
  const { entityRef } = use(DefinitionContext);
  return (
    <Notice
      icon={SearchX}
      title={t("missingItemTitle")}
      text={t("missingItem", { item })}
      actions={
        <Link className={buttonClass()} target={definitionTarget(entityRef, {})} isInPlace>
          {t("toOverview")}
        </Link>
      }
    />
  );
}

/** The first of everything a definition holds, where nothing of it is chosen. */
export function OutlineTiles({ outline }: { outline: Outline }) {
  return outline.groups.slice(0, mostGroups).map(({ title, section, items }, position) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a title may stand there twice
    <PartSection key={position} title={`${title ?? (section ? t(section) : "")} · ${items.length}`}>
      <ul className={styles.tiles}>
        {items.slice(0, mostTiles).map(({ id, label, badge }) => (
          <li key={id} className={styles.tile}>
            {badge && <span className={styles.faint}>{badge}</span>}
            <ItemLink id={id}>{label}</ItemLink>
          </li>
        ))}
      </ul>
    </PartSection>
  ));
}

const mostGroups = 12;
const mostTiles = 12;
