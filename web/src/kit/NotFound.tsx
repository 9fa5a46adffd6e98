import { SearchX } from "lucide-react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Link } from "./Link.tsx";
import { PageTitle } from "./PageTitle.tsx";
import { paths } from "./paths.ts";

const t = defineMessages("notFound", {
  page: "Not found",
  title: "There is nothing here",
  text: "The page was moved or never was, or you may not see it.",
  entity: "No entity {ref}. It was removed or never was, or you may not see it.",
  catalog: "Open the catalog",
});

/** For an address that leads nowhere; an entity that is hidden looks the same as one that is not. */
export function NotFound({ reference }: { reference?: string }) {
  return (
    <>
      <PageTitle title={t("page")} />
      <h1 className="visually-hidden">{t("page")}</h1>
      <Notice
        icon={SearchX}
        title={t("title")}
        text={reference === undefined ? t("text") : t("entity", { ref: reference })}
        actions={
          <Link className={buttonClass({ look: "primary" })} target={paths.catalog()}>
            {t("catalog")}
          </Link>
        }
      />
    </>
  );
}
