import { useNavigate } from "@tanstack/react-router";
import { FolderGit2, Plus } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { useShortcut } from "#lib/shortcuts.ts";
import { buttonClass } from "#ui/Button.tsx";
import { t } from "../messages.ts";
import { useMayRegister } from "../register/mayRegister.ts";

/** The ways to what the catalog is filled from, for those who may go there. */
export function CatalogActions() {
  const maySeeLocations = useMay("catalog.location.read");
  const mayRegister = useMayRegister();
  return (
    <>
      {maySeeLocations && (
        <Link className={buttonClass()} target={paths.locations()}>
          <FolderGit2 size={14} aria-hidden />
          {t("locations")}
        </Link>
      )}
      {mayRegister && <RegisterLink />}
    </>
  );
}

function RegisterLink() {
  const navigate = useNavigate();
  useShortcut("g r", () => void navigate(paths.registerLocation()), { title: t("register") });
  return (
    <Link className={buttonClass({ look: "primary" })} target={paths.registerLocation()} aria-keyshortcuts="g r">
      <Plus size={14} aria-hidden />
      {t("register")}
    </Link>
  );
}
