import { Unplug } from "lucide-react";
import { useState } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Banner, Notice } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { failureDetails } from "../failureDetails.ts";
import styles from "../PartFailure.module.css";
import type { ModuleError, ModuleFault } from "./moduleError.ts";

const t = defineMessages("moduleFailure", {
  title: "“{module}” is not there",
  unreachable: "Its file could not be fetched: it is missing, or the policy of this portal does not allow it.",
  integrity: "Its file could not be fetched, or is another one than the config of this portal asks for.",
  broken: "It failed while it was loaded. The rest of the portal still works.",
  shape: "What it brings is not what this portal can show. The rest of the portal still works.",
  version: "It was made for another version of this portal.",
  late: "It has not come in time. The rest of the portal still works.",
  reload: "Load the page again",
  details: "the details of the failure",
});

/** What to tell a person about what keeps a module from being there. */
export function faultText(fault: ModuleFault): string {
  return faults[fault]();
}

const faults: Readonly<Record<ModuleFault, () => string>> = {
  unreachable: () => t("unreachable"),
  integrity: () => t("integrity"),
  broken: () => t("broken"),
  shape: () => t("shape"),
  version: () => t("version"),
  late: () => t("late"),
};

/** In place of what a module would show, had it come. */
export function ModuleFailure({ error, isSmall = false }: { error: ModuleError; isSmall?: boolean }) {
  const [time] = useState(() => new Date());
  const { pathname, search } = window.location;
  const browser = navigator.userAgent;
  const details = failureDetails(error, { plugin: error.module, address: pathname + search, time, browser });
  const title = t("title", { module: error.module });
  const actions = (
    <>
      <Button size="small" onClick={() => window.location.reload()}>
        {t("reload")}
      </Button>
      <CopyButton text={details} what={t("details")} isLabelled />
    </>
  );
  if (isSmall) {
    return (
      <div role="alert">
        <Banner tone="danger">
          <p>
            {title}. {faultText(error.fault)}
          </p>
          <div className={styles.acts}>{actions}</div>
        </Banner>
      </div>
    );
  }
  return (
    <Notice
      icon={Unplug}
      tone="danger"
      title={title}
      text={faultText(error.fault)}
      detail={<Prose text={error.detail} />}
      actions={actions}
    />
  );
}
