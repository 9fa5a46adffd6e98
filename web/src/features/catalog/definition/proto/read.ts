import type { Outline, OutlineGroup } from "../outline.ts";
import { ReadingError } from "../reading/problem.ts";
import type { ProtoEnum, ProtoField, ProtoMessage, ProtoModel, ProtoService, ProtoType } from "./model.ts";
import { type Token, tokensOf } from "./tokens.ts";

const deepest = 100;

/** Reads a file of protocol buffers, any version of them. What it does not know it steps over. */
export function readProto(text: string): { model: ProtoModel; outline: Outline } {
  const model = new Reader(tokensOf(text)).file();
  return { model, outline: outlineOf(model) };
}

class Reader {
  private position = 0;
  private readonly model: ProtoModel = { imports: [], services: [], messages: [], enums: [] };

  constructor(private readonly tokens: Token[]) {}

  file(): ProtoModel {
    while (this.peek().kind !== "end") this.topLevel();
    return this.model;
  }

  private topLevel() {
    const { text } = this.peek();
    if (text === "message") return this.message("", 0);
    if (text === "enum") return this.enumeration("");
    if (text === "service") return this.service();
    if (text === "extend") return this.extension("", 0);
    if (text === "syntax" || text === "edition") {
      this.next();
      this.expect("=");
      this.model.syntax = unquoted(this.next().text);
    } else if (text === "package") {
      this.next();
      this.model.package = this.word("a name").text;
    } else if (text === "import") {
      this.next();
      if (this.peek().kind === "word") this.next();
      this.model.imports.push(unquoted(this.next().text));
    } else if (text !== ";" && text !== "option") {
      throw this.unexpected("a message, an enum or a service");
    }
    this.skipStatement();
  }

  private message(scope: string, depth: number, start = this.next()) {
    if (depth > deepest) throw new ReadingError({ reason: "tooDeep", line: start.line });
    const name = this.word("the name of a message");
    const message = { ...this.newMessage(scope, name.text), ...commented(start) };
    this.model.messages.push(message);
    this.body(message, depth);
  }

  private extension(scope: string, depth: number) {
    const start = this.next();
    const name = this.word("the name of a message");
    const message = { ...this.newMessage(scope, name.text), ...commented(start), isExtension: true };
    this.model.messages.push(message);
    this.body(message, depth);
  }

  private newMessage(scope: string, name: string): ProtoMessage {
    return { name: scope ? `${scope}.${name}` : name, fields: [], reserved: [], isExtension: false };
  }

  private body(message: ProtoMessage, depth: number) {
    this.expect("{");
    while (!this.accept("}")) {
      const token = this.peek();
      const after = this.tokens[this.position + 1]?.text ?? "";
      // Each of these words may be the name of a type, too.
      if (token.text === "message" && /^\w+$/.test(after)) this.message(message.name, depth + 1);
      else if (token.text === "enum" && /^\w+$/.test(after)) this.enumeration(message.name);
      else if (token.text === "extend" && /^[\w.]+$/.test(after)) this.extension(message.name, depth + 1);
      else if (token.text === "oneof" && /^\w+$/.test(after)) this.oneOf(message, depth);
      else if (token.text === "reserved" || token.text === "extensions") this.reserved(message);
      else if (token.text === "option" || token.text === ";") this.skipStatement();
      else this.field(message, depth);
    }
  }

  private oneOf(message: ProtoMessage, depth: number) {
    this.next();
    const name = this.word("the name of a oneof").text;
    this.expect("{");
    while (!this.accept("}")) {
      if (this.peek().text === "option" || this.peek().text === ";") this.skipStatement();
      else this.field(message, depth, name);
    }
  }

  private reserved(message: ProtoMessage) {
    const isReserved = this.next().text === "reserved";
    let text = "";
    while (this.peek().text !== ";" && this.peek().text !== "[") {
      if (this.peek().kind === "end") throw this.unexpected(";");
      const { text: part } = this.next();
      text += part === "," ? ", " : part === "to" ? " to " : part;
    }
    if (isReserved) message.reserved.push(text);
    this.skipStatement();
  }

  private field(message: ProtoMessage, depth: number, oneOf?: string) {
    const start = this.word("a field");
    let type = start.text;
    let label: ProtoField["label"];
    if (type === "repeated" || type === "optional" || type === "required") {
      if (this.peek().kind === "word") {
        label = type;
        type = this.next().text;
      }
    }
    if (type === "group") return this.group(message, depth, start);
    if (type === "map" && this.accept("<")) {
      const key = this.word("a type").text;
      this.expect(",");
      type = `map<${key}, ${this.word("a type").text}>`;
      this.expect(">");
    }
    const name = this.word("the name of a field").text;
    this.expect("=");
    const number = this.next().text;
    const options = this.peek().text === "[" ? this.brackets() : "";
    const end = this.expect(";");
    message.fields.push({
      name,
      type,
      number,
      ...(label && { label }),
      ...(oneOf !== undefined && { oneOf }),
      ...commented(start, end),
      isDeprecated: /\bdeprecated=true\b/.test(options),
    });
  }

  /** What version 2 has of messages within messages. */
  private group(message: ProtoMessage, depth: number, start: Token) {
    const name = this.peek().text;
    const at = this.position;
    this.next();
    this.expect("=");
    const number = this.next().text;
    message.fields.push({ name: name.toLowerCase(), type: name, number, ...commented(start), isDeprecated: false });
    // Its name stands before its number; the body follows both.
    this.tokens.splice(at, this.position - at, { ...start, text: name, kind: "word" });
    this.position = at;
    this.message(message.name, depth + 1, start);
  }

  private enumeration(scope: string) {
    const start = this.next();
    const name = this.word("the name of an enum").text;
    const result: ProtoEnum = { name: scope ? `${scope}.${name}` : name, ...commented(start), values: [] };
    this.model.enums.push(result);
    this.expect("{");
    while (!this.accept("}")) {
      const first = this.peek();
      if (["option", "reserved", ";"].includes(first.text) && this.tokens[this.position + 1]?.text !== "=") {
        this.skipStatement();
        continue;
      }
      const value = this.word("a value").text;
      this.expect("=");
      const sign = this.accept("-") ? "-" : "";
      const number = sign + this.next().text;
      if (this.peek().text === "[") this.brackets();
      const end = this.expect(";");
      result.values.push({ name: value, number, ...commented(first, end) });
    }
  }

  private service() {
    const start = this.next();
    const service: ProtoService = { name: this.word("the name of a service").text, ...commented(start), methods: [] };
    this.model.services.push(service);
    this.expect("{");
    while (!this.accept("}")) {
      const first = this.peek();
      if (first.text !== "rpc") {
        if (first.text !== "option" && first.text !== ";") throw this.unexpected("rpc");
        this.skipStatement();
        continue;
      }
      this.next();
      const name = this.word("the name of a method").text;
      const input = this.end();
      this.expect("returns");
      const output = this.end();
      const options: string[] = [];
      let close = this.next();
      if (close.text === "{") {
        while (this.peek().text !== "}") options.push(this.skipStatement());
        close = this.next();
      }
      service.methods.push({ name, ...commented(first, close), input, output, options: options.filter(Boolean) });
    }
  }

  private end(): ProtoType {
    this.expect("(");
    let name = this.word("a type").text;
    const isStream = name === "stream" && this.peek().kind === "word";
    if (isStream) name = this.next().text;
    this.expect(")");
    return { name, isStream };
  }

  private brackets(): string {
    let text = "";
    let depth = 0;
    do {
      const token = this.next();
      if (token.kind === "end") throw this.unexpected("]");
      if (token.text === "[" || token.text === "{") depth += 1;
      if (token.text === "]" || token.text === "}") depth -= 1;
      text += token.text;
    } while (depth > 0);
    return text;
  }

  /** Steps over all that belongs to a statement, and tells what it was. */
  private skipStatement(): string {
    const parts: string[] = [];
    let depth = 0;
    for (;;) {
      const token = this.peek();
      if (token.kind === "end") throw this.unexpected(depth > 0 ? "}" : ";");
      if (depth === 0 && token.text === "}") return parts.join(" ");
      this.next();
      if (token.text === ";" && depth === 0) return parts.join(" ");
      if (token.text === "{") depth += 1;
      if (token.text === "}") {
        depth -= 1;
        if (depth === 0 && this.peek().text !== ";") return [...parts, "}"].join(" ");
      }
      parts.push(token.text);
    }
  }

  private peek(): Token {
    return this.tokens[Math.min(this.position, this.tokens.length - 1)] as Token;
  }

  private next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  private accept(text: string): boolean {
    const isThere = this.peek().text === text && this.peek().kind !== "text";
    if (isThere) this.position += 1;
    return isThere;
  }

  private expect(text: string): Token {
    const token = this.peek();
    if (!this.accept(text)) throw this.unexpected(text);
    return token;
  }

  private word(what: string): Token {
    if (this.peek().kind !== "word") throw this.unexpected(what);
    return this.next();
  }

  private unexpected(expected: string): ReadingError {
    const { text, line, column } = this.peek();
    return new ReadingError({
      reason: "syntax",
      detail: `Expected ${expected}, found ${text.slice(0, 80)}`,
      line,
      column,
    });
  }
}

function unquoted(text: string): string {
  return text.replace(/^["']|["']$/g, "");
}

function commented(start: Token, end?: Token): { description?: string } {
  const text = start.comment ?? end?.trailing;
  return text ? { description: text } : {};
}

function outlineOf({ services, messages, enums, package: title, syntax }: ProtoModel): Outline {
  const groups: OutlineGroup[] = [
    ...services.map(({ name, methods }) => ({
      title: name,
      items: methods.map((method) => ({
        id: `${name}/${method.name}`,
        label: method.name,
        ...(method.description && { hint: method.description.slice(0, 200) }),
      })),
    })),
    {
      section: "messages",
      items: messages.filter(({ isExtension }) => !isExtension).map(({ name }) => ({ id: name, label: name })),
    },
    {
      section: "extensions",
      items: messages
        .filter(({ isExtension }) => isExtension)
        .map(({ name }) => ({ id: `extend ${name}`, label: name })),
    },
    { section: "enums", items: enums.map(({ name }) => ({ id: name, label: name })) },
  ];
  return {
    ...(title && { title }),
    ...(syntax && { version: syntax }),
    groups: groups.filter(({ items }) => items.length > 0),
  };
}
