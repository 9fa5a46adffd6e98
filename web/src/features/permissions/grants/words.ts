import type { Effect, PermissionAction } from "#lib/graphql/schema.generated.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { conditionWords } from "../condition/words.ts";

const t = defineMessages("grantWords", {
  allow: "Allow {what}",
  deny: "Deny {what}",
  when: "{grant} when {condition}",
  action: "every `{action}` of `{resourceType}`",
  everything: "everything",
});

/** What a grant says, as far as a sentence tells it. */
export interface SpokenGrant {
  permission: string;
  action: PermissionAction | null;
  effect: Effect;
  when: unknown;
}

/** A grant as a sentence, with names and values in backticks. */
export function grantWords({ permission, action, effect, when }: SpokenGrant): string {
  const named = permission === "*" ? t("everything") : `\`${permission.replaceAll("`", "'")}\``;
  const what = action === null ? named : t("action", { action: action.toLowerCase(), resourceType: permission });
  const grant = t(effect === "ALLOW" ? "allow" : "deny", { what });
  return when === null || when === undefined ? grant : t("when", { grant, condition: conditionWords(when) });
}
