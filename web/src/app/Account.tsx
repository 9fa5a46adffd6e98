import { CircleUserRound, LogIn, LogOut } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useCurrentPlace } from "#kit/place.ts";
import { useViewer } from "#kit/viewer.ts";
import { sentence } from "#lib/graphql/failure.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Popover } from "#ui/Popover.tsx";
import { toast } from "#ui/toasts.ts";
import menu from "./AccountMenu.module.css";
import styles from "./Shell.module.css";
import { signOut } from "./signOut.ts";

const t = defineMessages("account", {
  anonymous: "Not signed in",
  menu: "Account of {name}",
  account: "Account",
  signIn: "Sign in",
  signOut: "Sign out",
  guest: "Guest",
});

/** Who the server takes the reader for, and what they can do about it. */
export function Account() {
  const viewer = useViewer();
  const place = useCurrentPlace();
  if (viewer === undefined) return <div className={styles.account} />;
  if (!viewer) {
    return (
      <div className={styles.account} title={t("anonymous")}>
        <CircleUserRound size={24} strokeWidth={1.25} aria-hidden />
        <span className={`${styles.who} ${styles.label}`}>{t("anonymous")}</span>
      </div>
    );
  }
  const { ref, displayName, isGuest, access } = viewer;
  const leave = () => signOut().catch((error: unknown) => toast(sentence(error), "danger"));
  return (
    <div className={`${styles.account} ${menu.account}`} title={ref}>
      <Popover
        look="quiet"
        label={t("menu", { name: displayName })}
        trigger={
          <>
            <span className={styles.avatar} data-letter={displayName.slice(0, 1).toUpperCase()} />
            <span className={`${styles.who} ${styles.label}`}>{displayName}</span>
          </>
        }
      >
        <p className={menu.who}>
          {displayName}
          <span>{isGuest ? t("guest") : ref}</span>
        </p>
        <Link className={menu.item} target={paths.account()} isSection>
          <CircleUserRound size={14} aria-hidden />
          {t("account")}
        </Link>
        {isGuest && (
          <Link className={menu.item} target={paths.signIn(place)}>
            <LogIn size={14} aria-hidden />
            {t("signIn")}
          </Link>
        )}
        {access === "SESSION" && (
          <button type="button" className={menu.item} onClick={() => void leave()}>
            <LogOut size={14} aria-hidden />
            {t("signOut")}
          </button>
        )}
      </Popover>
    </div>
  );
}
