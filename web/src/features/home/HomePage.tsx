import { LayoutDashboard, RotateCcw, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { Button } from "#ui/Button.tsx";
import { Banner, Notice } from "#ui/Notice.tsx";
import { toast } from "#ui/toasts.ts";
import { AddWidget } from "./AddWidget.tsx";
import { ArrangedWidget } from "./ArrangedWidget.tsx";
import styles from "./HomePage.module.css";
import { moved, resized, withoutWidget, withWidget } from "./layout.ts";
import { t } from "./messages.ts";
import { useDragging } from "./useDragging.ts";
import { useLayout } from "./useLayout.ts";
import { Widget } from "./Widget.tsx";

/** Where one arrives: boxes that everybody arranges for themselves. */
export function HomePage() {
  const { shown, others, isKnown, isChanged, keptIn, error, isStranger, change, reset, restore, layout } = useLayout();
  const [isArranging, setIsArranging] = useState(false);
  const [said, setSaid] = useState("");
  const [before, setBefore] = useState(layout);
  const ids = shown.map(({ id }) => id);
  const move = (id: string, to: string) => {
    change((layout) => moved(layout, id, to));
    const title = shown.find((one) => one.id === id)?.title() ?? "";
    setSaid(t("movedTo", { title, position: ids.indexOf(to) + 1, count: ids.length }));
  };
  const { dragged, start } = useDragging(move, () => restore(before));
  const remove = (id: string, title: string) => {
    change((layout) => withoutWidget(layout, id));
    toast(t("removed", { title }), "ok", { undo: () => restore(layout) });
  };
  return (
    <div className={styles.page}>
      <PageHead
        title={t("home")}
        actions={
          <>
            {isArranging && isChanged && (
              <Button onClick={() => toast(t("resetDone"), "ok", { undo: reset() })}>
                <RotateCcw size={14} aria-hidden />
                {t("reset")}
              </Button>
            )}
            {isArranging && (
              <AddWidget
                widgets={others}
                onAdd={({ id, width, title }) => {
                  change((layout) => withWidget(layout, id, width));
                  setSaid(t("added", { title: title() }));
                }}
              />
            )}
            <Button
              look={isArranging ? "primary" : "normal"}
              aria-pressed={isArranging}
              onClick={() => setIsArranging(!isArranging)}
            >
              <SlidersHorizontal size={14} aria-hidden />
              {isArranging ? t("done") : t("arrange")}
            </Button>
          </>
        }
      />
      {error !== null && !keptIn && (
        <div className={styles.unknown}>
          <Banner tone="warning">{t("unknown")}</Banner>
        </div>
      )}
      {isStranger && !isArranging && (
        <p className={styles.hint}>
          {t("strangerHint")}{" "}
          <Link className="prose-link" target={paths.signIn(paths.home().to)}>
            {t("signIn")}
          </Link>
        </p>
      )}
      {isArranging && (
        <p className={styles.hint}>
          {t("arranging")} {keptIn && t(keptIn === "account" ? "keptIn_account" : "keptIn_browser")}
        </p>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {isKnown && shown.length === 0 && (
        <Notice
          icon={LayoutDashboard}
          title={t("emptyTitle")}
          text={t("emptyText")}
          actions={!isArranging && <Button onClick={() => setIsArranging(true)}>{t("arrange")}</Button>}
        />
      )}
      {isKnown && (
        <div className={styles.grid}>
          {shown.map((widget, position) =>
            isArranging ? (
              <ArrangedWidget
                key={widget.id}
                widget={widget}
                isDragged={dragged === widget.id}
                onDrag={(event) => {
                  setBefore(layout);
                  start(widget.id, event);
                }}
                onStep={(step) => {
                  const to = ids[Math.min(Math.max(position + step, 0), ids.length - 1)];
                  if (to !== undefined && to !== widget.id) move(widget.id, to);
                }}
                onResize={() => change((layout) => resized(layout, widget.id))}
                onRemove={() => remove(widget.id, widget.title())}
              />
            ) : (
              <Widget key={widget.id} widget={widget} />
            ),
          )}
        </div>
      )}
    </div>
  );
}
