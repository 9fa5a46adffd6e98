import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { EntityChip, ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { operation } from "#kit/query.ts";
import type { DocumentAction } from "#lib/graphql/schema.generated.ts";
import { Badge, type Tone } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { DocumentErrors } from "../problems/DocumentErrors.tsx";
import { knownRefs } from "./documents.ts";
import { t } from "./messages.ts";
import {
  DocumentEntitiesDocument,
  type DocumentEntitiesQuery,
  type LocationDocumentRowFragment,
} from "./Register.generated.ts";
import styles from "./RegisterPage.module.css";

const Descriptor = lazy(() => import("./Descriptor.tsx").then((module) => ({ default: module.Descriptor })));

const tones: Record<DocumentAction, Tone> = {
  CREATE: "ok",
  UPDATE: "info",
  UNCHANGED: "neutral",
  CONFLICT: "warning",
  REFUSED: "danger",
};

type Existing = NonNullable<NonNullable<DocumentEntitiesQuery["entitiesByRef"]>[number]>;

/** What becomes of documents, each with what is there already under its reference. */
export function DocumentList({ documents }: { documents: LocationDocumentRowFragment[] }) {
  const [opened, setOpened] = useState<LocationDocumentRowFragment | null>(null);
  const refs = knownRefs(documents);
  const { data } = useQuery({ ...operation(DocumentEntitiesDocument, { refs }), enabled: refs.length > 0 });
  const found = data?.data.entitiesByRef?.flatMap((entity) => entity ?? []);
  const existing = found && new Map(found.map((entity) => [entity.ref, entity]));
  return (
    <>
      <ul className={styles.documents} aria-label={t("documents")}>
        {documents.map((row) => (
          <DocumentItem key={`${row.location} ${row.document}`} row={row} existing={existing} onOpen={setOpened} />
        ))}
      </ul>
      {opened && (
        <Dialog
          title={t("descriptorOf", { name: opened.title ?? opened.ref ?? "" })}
          size="wide"
          onClose={() => setOpened(null)}
          footer={<Button onClick={() => setOpened(null)}>{t("close")}</Button>}
        >
          <Suspense fallback={<Waiting />}>
            <Descriptor label={t("descriptor")} descriptor={opened.descriptor} />
          </Suspense>
        </Dialog>
      )}
    </>
  );
}

interface DocumentItemProps {
  row: LocationDocumentRowFragment;
  /** What there is under the references of the list; undefined until that is known. */
  existing: ReadonlyMap<string, Existing> | undefined;
  /** Shows its descriptor. */
  onOpen: (row: LocationDocumentRowFragment) => void;
}

function DocumentItem({ row, existing, onOpen }: DocumentItemProps) {
  const { location, line, ref, title, action, errors, entity, descriptor } = row;
  const there = ref === null ? undefined : existing?.get(ref);
  return (
    <li className={styles.document}>
      <div className={styles.head}>
        <Badge tone={tones[action]}>{t(action)}</Badge>
        <span className={styles.name}>
          {entity ? <EntityChip entity={entity} /> : <Name refText={ref} title={title} there={there} />}
        </span>
        {ref !== null && <span className={styles.reference}>{ref}</span>}
        {descriptor !== null && (
          <Button
            size="small"
            look="quiet"
            aria-label={t("descriptorOf", { name: title ?? ref ?? "" })}
            onClick={() => onOpen(row)}
          >
            {t("descriptor")}
          </Button>
        )}
      </div>
      {action === "CONFLICT" && existing && !there && <p className={styles.existing}>{t("notSeen")}</p>}
      {action !== "CREATE" && there && <ExistingEntity entity={there} isConflict={action === "CONFLICT"} />}
      {errors.length > 0 && <DocumentErrors errors={errors} />}
      <p className={styles.where}>
        {location}, {t("line", { line: String(line) })}
      </p>
    </li>
  );
}

function Name({
  refText,
  title,
  there,
}: {
  refText: string | null;
  title: string | null;
  there: Existing | undefined;
}) {
  if (there && refText !== null) return <ReferenceChip reference={refText} target={there} />;
  return <span>{title ?? refText?.replace(/^.*\//, "") ?? t("unknown")}</span>;
}

function ExistingEntity({ entity: { owner, ingestion }, isConflict }: { entity: Existing; isConflict: boolean }) {
  return (
    <div className={styles.existing}>
      {owner && (
        <>
          {t("ownedBy")} <EntityChip entity={owner} />
        </>
      )}
      {isConflict && <span>{t("comesFrom", { location: ingestion.location })}</span>}
    </div>
  );
}
