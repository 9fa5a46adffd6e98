import { useState } from "react";
import { Field, Select, TextInput } from "#ui/Field.tsx";
import type { Json } from "../json/access.ts";
import type { Operation } from "../openapi/operation.ts";
import { t } from "./messages.ts";
import { addressOfServer, isWholeAddress, type Server, serversOf } from "./servers.ts";
import styles from "./TryIt.module.css";

interface ServerChoice {
  servers: Server[];
  /** Its number, or -1 for an address that is typed. */
  number: number;
  setNumber: (number: number) => void;
  typed: string;
  setTyped: (address: string) => void;
  variables: Readonly<Record<string, string>>;
  setVariables: (variables: Readonly<Record<string, string>>) => void;
  /** Where the request goes; empty while nothing is chosen. */
  address: string;
  /** The path of a server that is named without a host. */
  path: string | undefined;
}

/** Which server a request goes to: one that the definition names, or one that is typed. */
export function useServer(document: Json, operation: Operation): ServerChoice {
  const [servers] = useState(() => serversOf(document, operation.servers));
  const whole = servers.filter((server) => isWholeAddress(addressOfServer(server, {})));
  const [number, setNumber] = useState(whole.length > 0 ? 0 : -1);
  const [typed, setTyped] = useState("");
  const [variables, setVariables] = useState<Readonly<Record<string, string>>>({});
  const server = whole[number];
  const path = whole.length === 0 ? servers[0]?.url : undefined;
  const address = server ? addressOfServer(server, variables) : typed.trim();
  return { servers: whole, number, setNumber, typed, setTyped, variables, setVariables, address, path };
}

/** The fields that choose it. */
export function ServerFields({ server }: { server: ServerChoice }) {
  const { servers, number, setNumber, typed, setTyped, variables, setVariables, path } = server;
  const chosen = servers[number];
  const hint = servers.length > 0 ? t("addressHint") : path ? t("relativeServer", { path }) : t("noServer");
  return (
    <div className={styles.fields}>
      {servers.length > 0 && (
        <Field label={t("server")}>
          {(control) => (
            <Select {...control} value={number} onChange={(event) => setNumber(Number(event.target.value))}>
              {servers.map(({ url, description }, position) => (
                <option key={url} value={position}>
                  {description ? `${url} (${description})` : url}
                </option>
              ))}
              <option value={-1}>{t("otherServer")}</option>
            </Select>
          )}
        </Field>
      )}
      {!chosen && (
        <Field label={t("address")} hint={hint} isRequired>
          {(control) => (
            <TextInput
              {...control}
              type="url"
              value={typed}
              placeholder="https://"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
      {chosen?.variables.map(({ name, values, fallback, description }) => (
        <Field key={name} label={name} hint={description}>
          {(control) => {
            const value = variables[name] ?? fallback;
            const set = (text: string) => setVariables({ ...variables, [name]: text });
            if (values.length === 0) {
              return <TextInput {...control} value={value} onChange={(event) => set(event.target.value)} />;
            }
            return (
              <Select {...control} value={value} onChange={(event) => set(event.target.value)}>
                {values.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </Select>
            );
          }}
        </Field>
      ))}
    </div>
  );
}
