import { Lock } from "lucide-react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Link } from "./Link.tsx";
import { paths } from "./paths.ts";
import { useViewer } from "./viewer.ts";

const t = defineMessages("forbidden", {
  title: "You may not see this",
  text: "It takes the permission `{permission}`, which you do not have. Ask whoever runs this portal.",
  why: "Why, and what would change it",
});

/** In place of a page that the viewer may not see: what it takes, and why they do not have it. */
export function Forbidden({ permission }: { permission: string }) {
  const viewer = useViewer();
  return (
    <Notice
      icon={Lock}
      title={t("title")}
      text={<Prose text={t("text", { permission })} />}
      actions={
        viewer && (
          <Link className={buttonClass()} target={paths.explain({ subject: viewer.ref, permission })}>
            {t("why")}
          </Link>
        )
      }
    />
  );
}
