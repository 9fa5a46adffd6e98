import type { MouseEvent } from "react";
import { buttonClass } from "#ui/Button.tsx";
import { t } from "./messages.ts";
import { ProviderIcon } from "./ProviderIcon.tsx";
import styles from "./SignIn.module.css";
import type { SignInOptionsQuery } from "./SignInOptions.generated.ts";
import { openSignIn, startAddress } from "./signInWindow.ts";

type Provider = NonNullable<SignInOptionsQuery["signInOptions"]>["providers"][number];

interface ProvidersProps {
  providers: Provider[];
  returnTo: string;
  /** The provider whose window is open. */
  waitingFor: string | null;
  onWait: (id: string) => void;
}

/** A link for each place to sign in: in a window of its own where that is let, in this one else. */
export function Providers({ providers, returnTo, waitingFor, onWait }: ProvidersProps) {
  const waiting = providers.find(({ id }) => id === waitingFor);
  const open = (event: MouseEvent, { id, startUrl }: Provider) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // A small screen has no room for two windows.
    if (window.matchMedia("(max-width: 719px)").matches) return;
    if (!openSignIn(startAddress(startUrl, returnTo, "popup"))) return;
    event.preventDefault();
    onWait(id);
  };
  return (
    <div>
      <ul className={styles.providers}>
        {providers.map((provider) => (
          <li key={provider.id}>
            <a
              className={`${buttonClass()} ${styles.provider}`}
              href={startAddress(provider.startUrl, returnTo, "redirect")}
              onClick={(event) => open(event, provider)}
            >
              <ProviderIcon icon={provider.icon} />
              {t("with", { provider: provider.title })}
            </a>
          </li>
        ))}
      </ul>
      <div role="status">
        {waiting && (
          <p className={styles.waiting}>
            {t("waiting", { provider: waiting.title })}{" "}
            <a className="prose-link" href={startAddress(waiting.startUrl, returnTo, "redirect")}>
              {t("here")}
            </a>
          </p>
        )}
      </div>
    </div>
  );
}
