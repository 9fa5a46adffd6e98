import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { copyText } from "#lib/clipboard.ts";
import { apiAddress } from "#lib/page.ts";
import { Button } from "#ui/Button.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Field, TextInput } from "#ui/Field.tsx";
import { Banner } from "#ui/Notice.tsx";
import { t } from "./messages.ts";
import styles from "./Secret.module.css";
import type { CreateAccessTokenMutation } from "./Tokens.generated.ts";

interface SecretDialogProps {
  made: NonNullable<CreateAccessTokenMutation["createAccessToken"]>;
  onClose: () => void;
}

/** The secret of a new token, this once. */
export function SecretDialog({ made: { secret, accessToken }, onClose }: SecretDialogProps) {
  const [isCopied, setIsCopied] = useState(false);
  const [isRefused, setIsRefused] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    const isDone = await copyText(secret);
    setIsCopied(isDone);
    setIsRefused(!isDone);
    if (!isDone) field.current?.select();
  };
  const leave = () => {
    if (isCopied || isLeaving) return true;
    setIsLeaving(true);
    return false;
  };
  const Icon = isCopied ? Check : Copy;
  const api = new URL(apiAddress(), window.location.href).href;
  const example = `curl ${api} \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"query":"{ viewer { ref } }"}'`;
  return (
    <Dialog
      title={t("secretTitle")}
      onClose={onClose}
      onLeave={leave}
      onSubmit={onClose}
      footer={
        <Button type="submit" look={isCopied ? "primary" : "normal"}>
          {t("done")}
        </Button>
      }
    >
      <Banner tone="warning">{t("secretWarning", { subject: accessToken.subject })}</Banner>
      {isLeaving && !isCopied && (
        <div role="alert">
          <Banner tone="danger">{t("notCopied")}</Banner>
        </div>
      )}
      <Field label={t("secret")} hint={isRefused ? t("copyByHand") : undefined}>
        {(control) => (
          <div className={styles.row}>
            <TextInput
              {...control}
              ref={field}
              className={styles.secret}
              readOnly
              value={secret}
              onFocus={({ target }) => target.select()}
              onCopy={() => setIsCopied(true)}
            />
            <Button look={isCopied ? "normal" : "primary"} onClick={() => void copy()} data-autofocus>
              <Icon size={14} aria-hidden />
              {t(isCopied ? "copied" : "copy")}
            </Button>
          </div>
        )}
      </Field>
      <section className={styles.use}>
        <h3>{t("use")}</h3>
        <CodeBlock text={example} label={t("use")} />
      </section>
    </Dialog>
  );
}
