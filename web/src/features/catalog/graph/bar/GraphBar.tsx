import { Route, X } from "lucide-react";
import { type RefObject, useId } from "react";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { Button } from "#ui/Button.tsx";
import { Choice, Select } from "#ui/Field.tsx";
import type { CanvasControls } from "../canvas/GraphCanvas.tsx";
import type { Drawing } from "../drawing.ts";
import {
  changed,
  defaultSteps,
  type GraphSearch,
  type GraphView,
  mostSteps,
  seeksPath,
  showsDependents,
  withoutPath,
} from "../graphSearch.ts";
import { t } from "../messages.ts";
import { CanvasTools } from "./CanvasTools.tsx";
import { FindBox } from "./FindBox.tsx";
import styles from "./GraphBar.module.css";
import { KindFilter, RelationFilter } from "./NameFilters.tsx";
import { OptionsMenu } from "./OptionsMenu.tsx";

const depths = Array.from({ length: mostSteps }, (_, position) => position + 1);

/** Shows another view of the graph; one that refines the one before takes its place in the history. */
export type Go = (search: GraphSearch, isRefining?: boolean) => void;

interface GraphBarProps {
  search: GraphSearch;
  view: GraphView;
  /** Whether there is a canvas to look at, or will be. */
  isCanvas: boolean;
  drawing: Drawing;
  /** What of it has the words looked for, in their order. */
  found: readonly string[];
  go: Go;
  hasMinimap: boolean;
  onMinimap: (isShown: boolean) => void;
  controls: RefObject<CanvasControls | null>;
}

/** Everything that says what of the graph is shown, and how. */
export function GraphBar(props: GraphBarProps) {
  const { search, view, isCanvas, drawing, found, go, hasMinimap, onMinimap, controls } = props;
  const id = useId();
  const isPath = seeksPath(search);
  const hasDependents = showsDependents(search);
  return (
    <section className={styles.bar} aria-label={t("controls")}>
      <h1 className={styles.title}>{t("title")}</h1>
      <Choice
        label={t("view")}
        isLabelHidden
        value={view}
        options={(["canvas", "list"] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(next) => go(changed(search, { view: next }))}
      />
      <div className={styles.roots}>
        <label className="visually-hidden" htmlFor={id}>
          {t("roots")}
        </label>
        <EntityPicker
          control={{ id, "aria-describedby": undefined, "aria-invalid": undefined, "aria-required": undefined }}
          values={search.root ?? []}
          isSingle={hasDependents}
          placeholder={t("addRoot")}
          onChange={(root) => go(changed(search, { root }))}
        />
      </div>
      <div className={styles.depth}>
        <label htmlFor={`${id}-depth`}>{t("depth")}</label>
        <Select
          id={`${id}-depth`}
          value={search.depth ?? defaultSteps}
          onChange={({ target }) => go(changed(search, { depth: Number(target.value) }))}
        >
          {depths.map((steps) => (
            <option key={steps}>{steps}</option>
          ))}
        </Select>
      </div>
      {hasDependents && (
        <Button className={styles.toggle ?? ""} aria-pressed onClick={() => go(changed(search, { follow: undefined }))}>
          {t("dependents")}
          <X size={14} aria-hidden />
        </Button>
      )}
      {!hasDependents && <KindFilter search={search} go={go} />}
      {!hasDependents && <RelationFilter search={search} drawing={drawing} go={go} />}
      <OptionsMenu search={search} go={go} />
      <Button
        className={styles.toggle ?? ""}
        aria-pressed={isPath}
        onClick={() => go(isPath ? withoutPath(search) : changed(search, { mode: "path", node: undefined }))}
      >
        <Route size={14} aria-hidden />
        {t("path")}
      </Button>
      <FindBox search={search} found={found} go={go} onShow={(ref) => controls.current?.focus(ref)} />
      {isCanvas && (
        <CanvasTools search={search} go={go} hasMinimap={hasMinimap} onMinimap={onMinimap} controls={controls} />
      )}
    </section>
  );
}
