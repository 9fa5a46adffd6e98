import { ArrowDown, type LucideIcon, Map as MapIcon, Maximize, Minus, Plus } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "#ui/Button.tsx";
import type { CanvasControls } from "../canvas/GraphCanvas.tsx";
import { changed, type GraphSearch } from "../graphSearch.ts";
import { t } from "../messages.ts";
import styles from "./GraphBar.module.css";
import type { Go } from "./GraphBar.tsx";

interface CanvasToolsProps {
  search: GraphSearch;
  go: Go;
  hasMinimap: boolean;
  onMinimap: (isShown: boolean) => void;
  controls: RefObject<CanvasControls | null>;
}

/** How the canvas is looked at. */
export function CanvasTools({ search, go, hasMinimap, onMinimap, controls }: CanvasToolsProps) {
  const isDown = search.direction === "down";
  return (
    <fieldset className={styles.tools}>
      <legend className="visually-hidden">{t("canvas")}</legend>
      <Tool
        label={t("down")}
        icon={ArrowDown}
        isPressed={isDown}
        onClick={() => go(changed(search, { direction: isDown ? undefined : "down" }))}
      />
      <Tool label={t("zoomOut")} icon={Minus} onClick={() => controls.current?.zoomOut()} />
      <Tool label={t("zoomIn")} icon={Plus} onClick={() => controls.current?.zoomIn()} />
      <Tool label={t("fit")} icon={Maximize} onClick={() => controls.current?.fit()} />
      <span className={styles.wide}>
        <Tool label={t("minimap")} icon={MapIcon} isPressed={hasMinimap} onClick={() => onMinimap(!hasMinimap)} />
      </span>
    </fieldset>
  );
}

interface ToolProps {
  label: string;
  icon: LucideIcon;
  isPressed?: boolean;
  onClick: () => void;
}

function Tool({ label, icon: Icon, isPressed, onClick }: ToolProps) {
  return (
    <Button
      className={styles.toggle ?? ""}
      look="quiet"
      isIcon
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <Icon size={16} aria-hidden />
    </Button>
  );
}
