import { FilterX, LibraryBig, Star } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { buttonClass } from "#ui/Button.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Notice } from "#ui/Notice.tsx";
import { t } from "../messages.ts";
import { CatalogActions } from "./CatalogActions.tsx";
import { type CatalogSearch, changed, cleared, isNarrowed as narrows } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";

const snippet = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: petstore
  description: Sells pets
spec:
  type: service
  lifecycle: production
  owner: team-pets`;

/** A list without rows: because the filters leave none, or because there is nothing yet. */
export function CatalogEmpty({ search, isNarrowed }: { search: CatalogSearch; isNarrowed: boolean }) {
  if (search.show === "starred" && !narrowsFurther(search)) {
    return (
      <Notice
        icon={Star}
        title={t("noStarsTitle")}
        text={t("noStarsText")}
        actions={<ToEverything search={search} />}
      />
    );
  }
  if (isNarrowed) {
    return (
      <Notice
        icon={FilterX}
        title={t("noMatchTitle")}
        text={t("noMatchText")}
        actions={<ToEverything search={search} />}
      />
    );
  }
  return (
    <Notice icon={LibraryBig} title={t("emptyTitle")} text={t("emptyText")} actions={<CatalogActions />}>
      <CodeBlock text={snippet} label={t("emptySnippet")} />
    </Notice>
  );
}

function narrowsFurther(search: CatalogSearch): boolean {
  return narrows(changed(search, { show: undefined }));
}

function ToEverything({ search }: { search: CatalogSearch }) {
  const target = useListTarget();
  return (
    <Link className={buttonClass()} target={target(cleared(search))}>
      {t("clear")}
    </Link>
  );
}
