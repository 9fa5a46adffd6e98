import { CloudOff } from "lucide-react";
import { useState } from "react";
import { Failure, sentence } from "#lib/graphql/failure.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import { Banner, Notice } from "#ui/Notice.tsx";
import styles from "./FailureNotice.module.css";
import { FailureActs } from "./PartFailure.tsx";

const t = defineMessages("failureNotice", {
  title: "{what} could not be loaded",
  retry: "Try again",
  mistake: "The plugin “{plugin}” made a mistake. The rest of the portal still works.",
  request: "Request {id}",
  partial: "Some of this could not be loaded.",
  stale: "This may be out of date: it could not be loaded again.",
});

interface FailureNoticeProps {
  what: string;
  error: unknown;
  /** The id of the plugin whose mistake it is, where it is one. */
  plugin?: string | undefined;
  onRetry: () => void;
}

/** In place of content that failed to load: what happened, to which part, and how to try again. */
export function FailureNotice({ what, error, plugin, onRetry }: FailureNoticeProps) {
  const [time] = useState(() => new Date());
  const isMistake = !(error instanceof Failure);
  const requestId = error instanceof Failure ? error.requestId : null;
  const words = error instanceof Error ? error.message : String(error);
  return (
    <Notice
      icon={CloudOff}
      tone="danger"
      title={t("title", { what })}
      text={isMistake && plugin !== undefined ? t("mistake", { plugin }) : sentence(error)}
      detail={requestId ? `${words} · ${t("request", { id: requestId })}` : words}
      actions={
        isMistake ? (
          <FailureActs plugin={plugin} error={error} time={time} onRetry={onRetry} />
        ) : (
          <Button look="primary" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    />
  );
}

/** Above content of which a part is missing. */
export function PartialNotice({ failures, onRetry }: { failures: Failure[]; onRetry: () => void }) {
  const [first] = failures;
  return first && <FailureBanner text={t("partial")} error={first} onRetry={onRetry} />;
}

/** Above content that may not be what it is by now. That the session has ended is told by the frame. */
export function StaleNotice({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof Failure && error.code === "UNAUTHENTICATED") return null;
  return (
    <div className={styles.stale} role="status">
      <FailureBanner text={t("stale")} error={error} onRetry={onRetry} />
    </div>
  );
}

function FailureBanner({ text, error, onRetry }: { text: string; error: unknown; onRetry: () => void }) {
  const requestId = error instanceof Failure ? error.requestId : null;
  return (
    <Banner
      tone="warning"
      action={
        <Button size="small" onClick={onRetry}>
          {t("retry")}
        </Button>
      }
    >
      {text} {sentence(error)}
      {requestId && ` ${t("request", { id: requestId })}`}
    </Banner>
  );
}
