import type { ComponentProps } from "react";
import styles from "./Button.module.css";

/** How much a button asks for attention, and how big it is. */
export interface ButtonLook {
  look?: "normal" | "primary" | "quiet" | "danger";
  size?: "normal" | "small";
  /** Nothing but an icon; it then needs an `aria-label`. */
  isIcon?: boolean;
}

/** The class of a button, for links that look like one. */
export function buttonClass({ look = "normal", size = "normal", isIcon = false }: ButtonLook = {}): string {
  return [styles.button, look !== "normal" && styles[look], size === "small" && styles.small, isIcon && styles.icon]
    .filter(Boolean)
    .join(" ");
}

/** A button that does something on this page. */
export function Button({ look, size, isIcon, className, ...rest }: ComponentProps<"button"> & ButtonLook) {
  const looks = buttonClass({ ...(look && { look }), ...(size && { size }), ...(isIcon && { isIcon }) });
  return <button type="button" {...rest} className={className ? `${looks} ${className}` : looks} />;
}
