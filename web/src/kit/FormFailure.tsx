import { Failure, reason } from "#lib/graphql/failure.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Link } from "./Link.tsx";
import { paths } from "./paths.ts";
import { useViewer } from "./viewer.ts";

const t = defineMessages("formFailure", { why: "Why?", request: "Request {id}." });

/** Above a form whose act was refused: the server's words, and why where somebody may not. */
export function FormFailure({ error }: { error: unknown }) {
  const viewer = useViewer();
  if (!error) return null;
  const permission = error instanceof Failure ? error.permission : null;
  const requestId = error instanceof Failure && error.code === "INTERNAL" ? error.requestId : null;
  return (
    <div role="alert">
      <Banner
        tone="danger"
        action={
          permission !== null &&
          viewer && <Link target={paths.explain({ subject: viewer.ref, permission })}>{t("why")}</Link>
        }
      >
        <Prose text={reason(error)} /> {requestId && t("request", { id: requestId })}
      </Banner>
    </div>
  );
}
