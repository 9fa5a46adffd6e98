import { reason } from "#lib/graphql/failure.ts";
import { toast } from "#ui/toasts.ts";

/** What a line of the palette does, if it does not lead anywhere. */
export type PaletteAct = () => void | Promise<void>;

/** Does it, and says so where it fails. */
export async function runCommand(act: PaletteAct) {
  try {
    await act();
  } catch (error) {
    toast(reason(error), "danger");
  }
}
