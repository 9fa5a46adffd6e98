import { Bookmark, Trash2 } from "lucide-react";
import { type SubmitEvent, useEffect, useState } from "react";
import { reason } from "#lib/graphql/failure.ts";
import { useLanguage } from "#lib/i18n/language.ts";
import { examples } from "./examples.ts";
import { t } from "./messages.ts";
import { changeQueries, type KeptQueries, loadQueries } from "./queryStore.ts";
import { mostQueries, nameOfQuery, type SavedQuery, withoutQuery, withQuery } from "./savedQueries.ts";
import { useCurrentQuery, useOpenQuery } from "./useOpenQuery.ts";

type Next = (saved: SavedQuery[]) => SavedQuery[];

/** What was fetched once holds for as long as the page is open. */
let known: KeptQueries | undefined;

/** The queries somebody kept, and some to start from. */
function SavedQueries() {
  const [kept, setKept] = useState(known);
  const [said, setSaid] = useState<{ text: string; undo?: Next }>();
  const [failure, setFailure] = useState<string>();
  const open = useOpenQuery();
  const { language } = useLanguage();
  const load = () => {
    setFailure(undefined);
    loadQueries().then(
      (found) => {
        known = found;
        setKept(found);
      },
      (error: unknown) => setFailure(t("loadFailed", { reason: reason(error) })),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    if (!known) load();
  }, []);
  /** Shows the change at once, then what is kept; and takes it back where it was not kept. */
  const change = (before: KeptQueries, next: Next, text: string, undo?: Next) => {
    const after = { ...before, saved: next(before.saved) };
    const show = (queries: KeptQueries) => {
      known = queries;
      setKept(queries);
    };
    // Unless it was changed again meanwhile.
    const settle = (queries: KeptQueries) => known === after && show(queries);
    show(after);
    setSaid({ text, ...(undo && { undo }) });
    changeQueries(before, next).then(settle, (error: unknown) => {
      settle(before);
      setSaid({ text: t("failed", { reason: reason(error) }) });
    });
  };
  return (
    <section className="saved-queries" lang={language} aria-label={t("title")}>
      <h2>{t("title")}</h2>
      {failure && (
        <p role="alert">
          {failure}{" "}
          <button type="button" className="graphiql-un-styled saved-queries-link" onClick={load}>
            {t("retry")}
          </button>
        </p>
      )}
      {kept && (
        <>
          <SaveForm
            saved={kept.saved}
            onSave={(query) => change(kept, (saved) => withQuery(saved, query), t("saved", { name: query.name }))}
            onRefuse={(text) => setSaid({ text })}
          />
          <p role="status">
            {said?.text}{" "}
            {said?.undo && (
              <button
                type="button"
                className="graphiql-un-styled saved-queries-link"
                onClick={() => said.undo && change(kept, said.undo, "")}
              >
                {t("undo")}
              </button>
            )}
          </p>
          <ul>
            {kept.saved.map(({ name, query, variables }) => (
              <li key={name}>
                <button type="button" className="graphiql-un-styled" onClick={() => open(query, variables)}>
                  {name}
                </button>
                <button
                  type="button"
                  className="graphiql-un-styled saved-queries-delete"
                  aria-label={t("delete", { name })}
                  title={t("delete", { name })}
                  onClick={() =>
                    change(
                      kept,
                      (saved) => withoutQuery(saved, name),
                      t("deleted", { name }),
                      (saved) => withQuery(saved, { name, query, variables }),
                    )
                  }
                >
                  <Trash2 size={14} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
          {kept.saved.length === 0 && <p>{t("none")}</p>}
          <p className="saved-queries-note">
            {t(kept.kept.keptIn === "account" ? "keptIn_account" : "keptIn_browser")}
          </p>
        </>
      )}
      <h2>{t("examples")}</h2>
      <ul>
        {examples.map(({ title, query, variables }) => (
          <li key={query}>
            <button
              type="button"
              className="graphiql-un-styled"
              onClick={() => open(query, variables ? JSON.stringify(variables, null, 2) : "")}
            >
              {title()}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SaveFormProps {
  saved: readonly SavedQuery[];
  onSave: (query: SavedQuery) => void;
  /** Says why it is not saved. */
  onRefuse: (text: string) => void;
}

function SaveForm({ saved, onSave, onRefuse }: SaveFormProps) {
  const current = useCurrentQuery();
  const [name, setName] = useState(() => nameOfQuery(current().query));
  const isKnown = saved.some((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { query, variables } = current();
    const title = name.trim() || nameOfQuery(query);
    if (query.trim() === "" || title === "") return onRefuse(t("nothingToSave"));
    if (!isKnown && saved.length >= mostQueries) return onRefuse(t("tooMany", { most: mostQueries }));
    onSave({ name: title, query, variables });
  };
  return (
    <form onSubmit={submit}>
      <label>
        <span>{t("name")}</span>
        <input value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.target.value)} />
      </label>
      <button type="submit" className="graphiql-button">
        {t("save")}
      </button>
      {isKnown && <p className="saved-queries-note">{t("replaces")}</p>}
    </form>
  );
}

function Icon() {
  return <Bookmark size={20} strokeWidth={1.5} aria-hidden />;
}

/** The pane beside the editors. */
export function savedQueriesPlugin() {
  return { title: t("title"), icon: Icon, content: SavedQueries };
}
