import { WidgetNote } from "#kit/entity/EntityRows.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { buttonClass } from "#ui/Button.tsx";
import { t } from "./messages.ts";

/** What somebody would have here who signed in. */
export function SignInNote({ text }: { text: string }) {
  return (
    <WidgetNote>
      <p>{text}</p>
      <Link className={buttonClass({ size: "small" })} target={paths.signIn(paths.home().to)}>
        {t("signIn")}
      </Link>
    </WidgetNote>
  );
}
