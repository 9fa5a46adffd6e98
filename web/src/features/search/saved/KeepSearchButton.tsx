import { BookmarkPlus } from "lucide-react";
import { useState } from "react";
import { useSetting } from "#kit/settings/useSetting.ts";
import { Button } from "#ui/Button.tsx";
import { NameDialog } from "#ui/NameDialog.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "../messages.ts";
import { isAsked, type SearchPlace } from "../page/searchPlace.ts";
import { keptSearches } from "./keptSearches.ts";
import { longestName, mostKept, withKept, withoutKept } from "./searches.ts";

/** Keeps what is looked for under a name. */
export function KeepSearchButton({ place }: { place: SearchPlace }) {
  const { value: kept, change } = useSetting(keptSearches);
  const [isOpen, setIsOpen] = useState(false);
  if (!isAsked(place)) return null;
  const save = (name: string) => {
    change((kept) => withKept(kept, name, place));
    toast(t("kept", { name }));
    setIsOpen(false);
  };
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <BookmarkPlus size={14} aria-hidden />
        {t("keep")}
      </Button>
      {isOpen && (
        <NameDialog
          title={t("keep")}
          hint={t("keepHint")}
          initial={place.text?.slice(0, longestName) ?? ""}
          longest={longestName}
          problemOf={(name) =>
            withoutKept(kept, name).length >= mostKept ? t("tooMany", { most: mostKept }) : undefined
          }
          onSave={save}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
