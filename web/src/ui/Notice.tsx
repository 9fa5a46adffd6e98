import { CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Notice.module.css";

interface NoticeProps {
  icon: LucideIcon;
  tone?: "neutral" | "danger";
  title: string;
  /** What it means and what to do. */
  text: ReactNode;
  /** For the person one asks for help. */
  detail?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** What fills the place of content that is not there: nothing yet, not found, failed. */
export function Notice({ icon: Icon, tone = "neutral", title, text, detail, actions, children }: NoticeProps) {
  return (
    <div className={styles.notice} role={tone === "danger" ? "alert" : undefined}>
      <span className={tone === "danger" ? `${styles.icon} ${styles.danger}` : styles.icon}>
        <Icon size={22} strokeWidth={1.75} aria-hidden />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      {detail !== undefined && <p className={styles.small}>{detail}</p>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {children}
    </div>
  );
}

const bannerIcons = { neutral: Info, warning: TriangleAlert, danger: CircleX };

/** A line above content that is there but not whole. */
export function Banner({
  tone,
  action,
  children,
}: {
  tone: "neutral" | "warning" | "danger";
  action?: ReactNode;
  children?: ReactNode;
}) {
  const Icon = bannerIcons[tone];
  return (
    <div className={tone === "neutral" ? styles.banner : `${styles.banner} ${styles[tone]}`}>
      <Icon size={16} aria-hidden />
      <div>{children}</div>
      {action !== undefined && <div className={styles.bannerAction}>{action}</div>}
    </div>
  );
}
