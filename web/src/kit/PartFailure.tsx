import { useState } from "react";
import { Failure, sentence } from "#lib/graphql/failure.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Banner } from "#ui/Notice.tsx";
import { failureDetails, isLoadFailure } from "./failureDetails.ts";
import styles from "./PartFailure.module.css";

const t = defineMessages("partFailure", {
  failed: "“{title}” does not work here. The rest of the page does.",
  outdated: "“{title}” could not be loaded. The portal may have been updated since this page was opened.",
  retry: "Try again",
  reload: "Load the page again",
  details: "the details of the failure",
  plugin: "Plugin {plugin}",
});

interface PartFailureProps {
  plugin: string;
  title: string;
  error: unknown;
  onRetry: () => void;
}

/** In place of a part of a page that broke: which, whose it is, how to try again, and what to hand to who can mend it. */
export function PartFailure({ plugin, title, error, onRetry }: PartFailureProps) {
  const [time] = useState(() => new Date());
  return (
    <div className={styles.failure} role="alert">
      <Banner tone="danger">
        <p>{isLoadFailure(error) ? t("outdated", { title }) : t("failed", { title })}</p>
        <p className={styles.words}>
          {t("plugin", { plugin })} · {error instanceof Failure ? sentence(error) : messageOf(error)}
        </p>
        <FailureActs plugin={plugin} error={error} time={time} onRetry={onRetry} />
      </Banner>
    </div>
  );
}

interface FailureActsProps {
  plugin: string | undefined;
  error: unknown;
  time: Date;
  onRetry: () => void;
}

/** What one can do about something that broke. */
export function FailureActs({ plugin, error, time, onRetry }: FailureActsProps) {
  const { pathname, search } = window.location;
  const browser = navigator.userAgent;
  const details = failureDetails(error, { plugin, address: pathname + search, time, browser });
  return (
    <div className={styles.acts}>
      {/* What could not be fetched once is not asked for again by the browser before the page is. */}
      {isLoadFailure(error) ? (
        <Button size="small" onClick={() => window.location.reload()}>
          {t("reload")}
        </Button>
      ) : (
        <Button size="small" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
      <CopyButton text={details} what={t("details")} isLabelled />
    </div>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
