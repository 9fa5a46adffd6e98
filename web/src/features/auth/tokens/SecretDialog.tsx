import { Check, Copy } from "lucide-react";
import { useState } from "react";
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
  const copy = () => void navigator.clipboard.writeText(secret).then(() => setIsCopied(true));
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
      onSubmit={onClose}
      footer={
        <Button type="submit" look={isCopied ? "primary" : "normal"}>
          {t("done")}
        </Button>
      }
    >
      <Banner tone="warning">{t("secretWarning", { subject: accessToken.subject })}</Banner>
      <Field label={t("secret")}>
        {(control) => (
          <div className={styles.row}>
            <TextInput
              {...control}
              className={styles.secret}
              readOnly
              value={secret}
              onFocus={({ target }) => target.select()}
            />
            <Button look={isCopied ? "normal" : "primary"} onClick={copy} data-autofocus>
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
