import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useCurrentPlace } from "#kit/place.ts";
import { Banner } from "#ui/Notice.tsx";
import styles from "./Account.module.css";
import { t } from "./messages.ts";

/** Tells a guest what signing in would give them. */
export function GuestNote() {
  const place = useCurrentPlace();
  return (
    <div className={styles.note}>
      <Banner tone="neutral" action={<Link target={paths.signIn(place)}>{t("signIn")}</Link>}>
        {t("guestNote")}
      </Banner>
    </div>
  );
}
