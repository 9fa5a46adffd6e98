import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy, RefreshCw, Star, StarOff, Trash2, X } from "lucide-react";
import { useState } from "react";
import { operation } from "#kit/query.ts";
import { copyText } from "#lib/clipboard.ts";
import { request } from "#lib/graphql/request.ts";
import { Button } from "#ui/Button.tsx";
import { toast } from "#ui/toasts.ts";
import { RefreshEntityDocument } from "../../entity/acts/EntityActs.generated.ts";
import { ExportMenu } from "../../export/ExportMenu.tsx";
import { StarEntityDocument } from "../../stars/Stars.generated.ts";
import { useStars } from "../../stars/stars.ts";
import { t } from "../messages.ts";
import { forEach } from "./bulk.ts";
import { DeleteSelectedDialog } from "./DeleteSelectedDialog.tsx";
import { SelectionPowersDocument } from "./Selection.generated.ts";
import styles from "./SelectionBar.module.css";
import type { Selection } from "./useSelection.ts";

/** What can be done with the rows that are chosen: only what the viewer may do, with those that they may do it with. */
export function SelectionBar({ selection }: { selection: Selection }) {
  const refs = selection.rows.map(({ ref }) => ref);
  const queries = useQueryClient();
  const stars = useStars();
  const [isBusy, setIsBusy] = useState(false);
  const { data } = useQuery({
    ...operation(SelectionPowersDocument, { refs: [...refs].sort() }),
    enabled: refs.length > 0,
  });
  const [isDeleting, setIsDeleting] = useState(false);
  const powers = data?.data.entitiesByRef?.filter((one) => one !== null) ?? [];
  const refreshable = powers.flatMap(({ ref, mayRefresh }) => (mayRefresh ? [ref] : []));
  const deletable = powers.filter(({ mayDelete }) => mayDelete);
  const starred = refs.filter((ref) => stars?.has(ref));
  const plain = refs.filter((ref) => !stars?.has(ref));
  const run = async (act: () => Promise<void>) => {
    setIsBusy(true);
    await act();
    setIsBusy(false);
    void queries.invalidateQueries();
  };
  const refresh = async () => {
    const { done, failed, reason } = await forEach(refreshable, async (ref) => {
      const { data, failures } = await request(RefreshEntityDocument, { input: { ref } });
      if (failures[0]) throw failures[0];
      const ingestion = data.refreshEntity?.entity?.ingestion;
      if (ingestion?.stale) throw new Error(ingestion.error ?? "");
    });
    if (done > 0) toast(t("refreshed", { count: done }));
    if (failed > 0) toast(t("refreshFailed", { count: failed, reason }), "danger");
  };
  const star = async (targets: readonly string[], isStarred: boolean) => {
    const { done, failed, reason } = await forEach(targets, async (ref) => {
      const { failures } = await request(StarEntityDocument, { input: { ref, starred: isStarred } });
      if (failures[0]) throw failures[0];
    });
    const undo = () => void run(() => star(targets, !isStarred));
    if (done > 0) toast(t(isStarred ? "starred" : "unstarred", { count: done }), "ok", { undo });
    if (failed > 0) toast(t("starFailed", { count: failed, reason }), "danger");
  };
  const copy = async () => {
    const isCopied = await copyText(refs.join("\n"));
    toast(isCopied ? t("refsCopied", { count: refs.length }) : t("notCopied"), isCopied ? "ok" : "danger");
  };
  return (
    <>
      <div className={styles.place}>
        <p className="visually-hidden" role="status">
          {refs.length > 0 && t("selected", { count: refs.length })}
        </p>
        {refs.length > 0 && (
          <div className={styles.bar} role="toolbar" aria-label={t("selection")}>
            <span className={styles.count}>{t("selected", { count: refs.length })}</span>
            <Button
              look="quiet"
              size="small"
              isIcon
              aria-label={t("clearSelection")}
              title={t("clearSelection")}
              onClick={selection.clear}
            >
              <X size={14} aria-hidden />
            </Button>
            {refreshable.length > 0 && (
              <Button size="small" disabled={isBusy} onClick={() => void run(refresh)}>
                <RefreshCw size={14} aria-hidden />
                {refreshable.length === refs.length
                  ? t("refresh")
                  : t("refreshSome", { count: refreshable.length, all: refs.length })}
              </Button>
            )}
            {stars && plain.length > 0 && (
              <Button size="small" disabled={isBusy} onClick={() => void run(() => star(plain, true))}>
                <Star size={14} aria-hidden />
                {t("star")}
              </Button>
            )}
            {stars && starred.length > 0 && (
              <Button size="small" disabled={isBusy} onClick={() => void run(() => star(starred, false))}>
                <StarOff size={14} aria-hidden />
                {t("unstar")}
              </Button>
            )}
            <Button size="small" onClick={() => void copy()}>
              <Copy size={14} aria-hidden />
              {t("copyRefs")}
            </Button>
            <ExportMenu search={{}} refs={refs} size="small" />
            {deletable.length > 0 && (
              <Button size="small" disabled={isBusy} onClick={() => setIsDeleting(true)}>
                <Trash2 size={14} aria-hidden />
                {deletable.length === refs.length
                  ? t("delete")
                  : t("deleteSome", { count: deletable.length, all: refs.length })}
              </Button>
            )}
          </div>
        )}
      </div>
      {isDeleting && (
        <DeleteSelectedDialog
          targets={deletable}
          onClose={() => setIsDeleting(false)}
          onDone={(deleted) => {
            setIsDeleting(false);
            selection.set(
              selection.rows.filter(({ ref }) => deleted.includes(ref)),
              false,
            );
            void queries.invalidateQueries();
          }}
        />
      )}
    </>
  );
}
