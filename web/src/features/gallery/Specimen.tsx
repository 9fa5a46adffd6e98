import type { ReactNode } from "react";
import styles from "./Gallery.module.css";

/** One of the two themes. */
type Theme = "light" | "dark";

const themes: readonly Theme[] = ["light", "dark"];

interface SpecimenProps {
  /** The component, as it is imported. */
  name: string;
  /** When to use it. */
  text: string;
  children: (theme: Theme) => ReactNode;
}

/** A component with its states, once on light and once on dark. */
export function Specimen({ name, text, children }: SpecimenProps) {
  return (
    <div className={styles.specimen}>
      <h3 className={styles.name}>{name}</h3>
      <p className={styles.text}>{text}</p>
      <div className={styles.themes}>
        {themes.map((theme) => (
          <div key={theme} className={styles.theme} data-theme={theme}>
            {children(theme)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** States beside each other. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
