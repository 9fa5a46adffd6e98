import { useState } from "react";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { Button } from "#ui/Button.tsx";
import { ConfirmDialog } from "#ui/ConfirmDialog.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import { RevokeSessionsOfDocument } from "./Sessions.generated.ts";

interface EndSessionsButtonProps {
  subject: string;
  /** Whether it is the viewer, whose own session stays. */
  isOneself: boolean;
}

/** Signs somebody out everywhere, oneself everywhere else. */
export function EndSessionsButton({ subject, isOneself }: EndSessionsButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, error, isPending, reset } = useOperation(RevokeSessionsOfDocument);
  const close = () => {
    setIsAsking(false);
    reset();
  };
  const end = () =>
    mutate(
      { input: { subject, exceptCurrent: isOneself } },
      {
        onSuccess: ({ revokeSessionsOf }) => {
          close();
          toast(t("revokedCount", { count: revokeSessionsOf?.count ?? 0 }));
        },
      },
    );
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{t(isOneself ? "revokeOthers" : "revokeAll")}</Button>
      {isAsking && (
        <ConfirmDialog
          title={isOneself ? t("revokeOthersTitle") : t("revokeAllTitle", { subject })}
          action={t(isOneself ? "revokeOthers" : "revokeAll")}
          isBusy={isPending}
          failure={<FormFailure error={error} />}
          onConfirm={end}
          onClose={close}
        >
          <p>{t(isOneself ? "revokeOthersText" : "revokeAllText")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
