import type { Plugin } from "vite";

const element = /<meta name="callboard-modules" content="[^"]*"/;

/** While the sources are served, the page names the modules that the server's config does, so that authors see theirs. */
export function servedModules(server: string): Plugin {
  return {
    name: "callboard-served-modules",
    apply: "serve",
    transformIndexHtml: async (html) => {
      // The server may be started later than this: the page then is one without modules.
      const page = await fetch(server, { headers: { accept: "text/html" } }).then(
        (response) => response.text(),
        () => "",
      );
      const [served] = element.exec(page) ?? [];
      return served ? html.replace(element, () => served) : html;
    },
  };
}
