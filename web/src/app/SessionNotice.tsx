import { addressOf, paths } from "#kit/paths.ts";
import { useCurrentPlace } from "#kit/place.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Banner } from "#ui/Notice.tsx";
import styles from "./Shell.module.css";

const t = defineMessages("sessionNotice", {
  ended:
    "Your session has ended. What is on this page stays. Sign in again in the other window to save it, or to go on.",
  again: "Sign in again",
});

/** Above a page whose reader the server no longer knows. */
export function SessionNotice() {
  const place = useCurrentPlace();
  return (
    <div className={styles.sessionNotice} role="alert">
      <Banner
        tone="warning"
        action={
          // A window of its own, so that nothing on this page is lost.
          <a href={addressOf(paths.signIn(place))} target="_blank" rel="noopener">
            {t("again")}
          </a>
        }
      >
        {t("ended")}
      </Banner>
    </div>
  );
}
