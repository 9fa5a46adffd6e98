import { useQueryClient } from "@tanstack/react-query";
import { CloudOff, RefreshCw, Wifi, WifiOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useConnection } from "#lib/connection.ts";
import type { Connection } from "#lib/connectionState.ts";
import { useDelayed } from "#lib/delayed.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";
import { request } from "#lib/graphql/request.ts";
import { pauseBefore } from "#lib/graphql/retry.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import styles from "./ConnectionNotice.module.css";

const t = defineMessages("connection", {
  offline: "You are offline. What is on this page may be of before.",
  unreachable: "The portal cannot be reached. It is tried again.",
  silent: "Live changes have stopped. They are being connected again.",
  back: "Connected again",
  now: "Try now",
});

const probe = "query Reach{__typename}" as TypedDocument<unknown, Record<string, never>>;

/** What passes sooner is not worth a word. */
const noticeable = 1200;
const thankfulFor = 2500;
const looks = {
  well: { icon: Wifi, text: () => t("back") },
  offline: { icon: WifiOff, text: () => t("offline") },
  unreachable: { icon: CloudOff, text: () => t("unreachable") },
  silent: { icon: RefreshCw, text: () => t("silent") },
} satisfies Record<Connection, object>;

/** Says that the way to the server is lost, finds out when it is back, and then fetches anew what is on the page. */
export function ConnectionNotice() {
  const connection = useConnection();
  const isLost = useDelayed(connection !== "well", noticeable);
  const isBack = useReturn(connection, isLost);
  useProbes(connection === "unreachable");
  const { icon: Icon, text } = looks[connection];
  return (
    <div className={styles.place} role="status">
      {(isLost || isBack) && (
        <div className={styles.notice} data-lost={isLost}>
          <Icon size={16} aria-hidden />
          <span>{text()}</span>
          {connection === "unreachable" && (
            <Button size="small" onClick={() => void reach()}>
              {t("now")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** Whether the connection came back a moment ago; what was missed meanwhile is fetched. */
function useReturn(connection: Connection, wasTold: boolean): boolean {
  const queries = useQueryClient();
  const before = useRef(connection);
  const told = useRef(wasTold);
  const [isBack, setIsBack] = useState(false);
  useEffect(() => {
    const lost = before.current;
    before.current = connection;
    if (connection !== "well" || lost === "well") {
      setIsBack(false);
      return;
    }
    // Live lists and pages fetch by themselves what they did not hear.
    if (lost !== "silent") void queries.invalidateQueries();
    if (!told.current) return;
    setIsBack(true);
    const timer = setTimeout(() => setIsBack(false), thankfulFor);
    return () => clearTimeout(timer);
  }, [connection, queries]);
  useEffect(() => {
    told.current = wasTold;
  }, [wasTold]);
  return isBack;
}

/** Asks the server whether it is there, more and more rarely, for as long as it is not. */
function useProbes(isLost: boolean) {
  useEffect(() => {
    if (!isLost) return;
    let timer: ReturnType<typeof setTimeout>;
    const next = (attempt: number) => {
      timer = setTimeout(() => void reach().finally(() => next(attempt + 1)), pauseBefore(attempt + 1));
    };
    next(0);
    return () => clearTimeout(timer);
  }, [isLost]);
}

/** Whatever is answered, or not, is noted where every request is. */
async function reach() {
  await request(probe, {}).catch(() => undefined);
}
