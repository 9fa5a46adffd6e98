import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { currentPlace } from "#lib/returnTo.ts";
import { Banner } from "#ui/Notice.tsx";
import styles from "./Shell.module.css";

const t = defineMessages("sessionNotice", {
  ended: "Your session has ended. What is on this page stays, but nothing more can be loaded or saved.",
  again: "Sign in again",
});

/** Above a page whose reader the server no longer knows. */
export function SessionNotice() {
  return (
    <div className={styles.sessionNotice} role="alert">
      <Banner tone="warning" action={<Link target={paths.signIn(currentPlace())}>{t("again")}</Link>}>
        {t("ended")}
      </Banner>
    </div>
  );
}
