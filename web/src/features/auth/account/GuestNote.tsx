import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { currentPlace } from "#lib/returnTo.ts";
import { Banner } from "#ui/Notice.tsx";
import styles from "./Account.module.css";
import { t } from "./messages.ts";

/** Tells a guest what signing in would give them. */
export function GuestNote() {
  return (
    <div className={styles.note}>
      <Banner tone="neutral" action={<Link target={paths.signIn(currentPlace())}>{t("signIn")}</Link>}>
        {t("guestNote")}
      </Banner>
    </div>
  );
}
