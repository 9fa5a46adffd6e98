import type { ReactNode } from "react";
import styles from "./CodeBlock.module.css";
import { CopyButton } from "./CopyButton.tsx";

interface CodeBlockProps {
  /** What the copy button copies. */
  text: string;
  /** What it is, for those who cannot see it. */
  label: string;
  /** The text with its colours; the plain text without. */
  children?: ReactNode;
}

/** Text to be read as it is and copied. */
export function CodeBlock({ text, label, children }: CodeBlockProps) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={styles.code} tabIndex={0} aria-label={label}>
        <pre>
          <code>{children ?? text}</code>
        </pre>
      </section>
      <div className={styles.tools}>
        <CopyButton text={text} what={label} />
      </div>
    </div>
  );
}
