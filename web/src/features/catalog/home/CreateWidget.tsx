import { FolderGit2, Plus } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import { useMayRegister } from "../register/mayRegister.ts";
import { t } from "./messages.ts";
import styles from "./Widgets.module.css";

/** The ways to put something into the catalog, for those who may. */
export function CreateWidget() {
  const mayRegister = useMayRegister();
  const maySeeLocations = useMay("catalog.location.read");
  return (
    <ul className={styles.acts}>
      {mayRegister && (
        <li>
          <Link className={styles.act} target={paths.registerLocation()}>
            <Plus size={16} aria-hidden />
            <span>
              {t("register")}
              <span className={styles.actDetail}>{t("registerDetail")}</span>
            </span>
          </Link>
        </li>
      )}
      {maySeeLocations && (
        <li>
          <Link className={styles.act} target={paths.locations()}>
            <FolderGit2 size={16} aria-hidden />
            <span>
              {t("locations")}
              <span className={styles.actDetail}>{t("locationsDetail")}</span>
            </span>
          </Link>
        </li>
      )}
    </ul>
  );
}
