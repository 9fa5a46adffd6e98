import type { ReactNode } from "react";
import { Breadcrumb } from "./Breadcrumb.tsx";
import styles from "./PageHead.module.css";
import { PageQueryButton } from "./PageQueryButton.tsx";
import { PageTitle } from "./PageTitle.tsx";
import type { Target } from "./paths.ts";

interface PageHeadProps {
  title: string;
  /** Beside the title. */
  badge?: ReactNode;
  /** What the page is for. */
  text?: ReactNode;
  /** The pages above this one. */
  above?: readonly { title: string; target: Target }[];
  actions?: ReactNode;
}

/** The top of a page: where it is, what it is, and what can be done. */
export function PageHead({ title, badge, text, above = [], actions }: PageHeadProps) {
  return (
    <header className={styles.head}>
      <PageTitle title={title} />
      {above.length > 0 && <Breadcrumb above={above} />}
      <div className={styles.words}>
        <div className={styles.line}>
          <h1 className={styles.title}>{title}</h1>
          {badge}
        </div>
        {text && <p className={styles.text}>{text}</p>}
      </div>
      <div className={styles.actions}>
        {actions}
        <PageQueryButton />
      </div>
    </header>
  );
}
