import { lazy, Suspense } from "react";
import { Dialog } from "#ui/Dialog.tsx";
import { Tabs } from "#ui/Tabs.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { AncestryPart } from "./AncestryPart.tsx";
import { ColocatedPart } from "./ColocatedPart.tsx";
import styles from "./Inspect.module.css";
import { t } from "./messages.ts";
import { OverviewPart } from "./OverviewPart.tsx";
import { type InspectPart, inspectParts } from "./parts.ts";
import { SourcePart } from "./SourcePart.tsx";

const TextPart = lazy(() => import("./TextPart.tsx").then((module) => ({ default: module.TextPart })));

interface InspectDialogProps {
  reference: string;
  name: string;
  part: InspectPart;
  onChange: (part: InspectPart) => void;
  onClose: () => void;
}

/** What the catalog knows of an entity, for those who keep it running. */
export function InspectDialog({ reference, name, part, onChange, onClose }: InspectDialogProps) {
  return (
    <Dialog title={t("title", { name })} size="wide" onClose={onClose}>
      <div className={styles.inspect}>
        <Tabs
          label={t("parts")}
          tabs={inspectParts.map((id) => ({ id, title: t(id) }))}
          current={part}
          onChange={onChange}
        >
          <div className={styles.part}>
            <Suspense fallback={<Waiting />}>
              {part === "overview" && <OverviewPart reference={reference} />}
              {part === "ancestry" && <AncestryPart reference={reference} />}
              {part === "source" && <SourcePart reference={reference} />}
              {part === "colocated" && <ColocatedPart reference={reference} />}
              {(part === "json" || part === "yaml") && <TextPart reference={reference} language={part} />}
            </Suspense>
          </div>
        </Tabs>
      </div>
    </Dialog>
  );
}
