// @vitest-environment happy-dom
import { createRoot } from "solid-js";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { inFrench } from "../../src/i18n/french-errors";
import { type Templates, translator } from "../../src/i18n/templates";

const say = translator(
  {
    "sign in first": "connectez-vous d’abord",
    "{0} has no text": "« {0} » n’a pas de texte",
    "{0} has no {1}": "{0} n’a pas de {1}",
    "the slug '{0}' is taken": "le slug « {0} » est pris",
    "{0} of {1}": "{1} : {0}",
    "a request failed: {0}": "une requête a échoué : {0}",
    "declare $x as {0}": "déclarez $x comme {0}",
    'a text is {"insert": …} (or [null])?': 'un texte est {"insert": …} (ou [null]) ?',
    "please use {0}": "utilisez {0}",
  },
  { page: "Page", "one of {0}": "l’une de {0}" },
);

describe("a translator", () => {
  it("knows a message as a whole", () => {
    expect(say("sign in first")).toBe("connectez-vous d’abord");
    expect(say('a text is {"insert": …} (or [null])?')).toBe(
      'un texte est {"insert": …} (ou [null]) ?',
    );
  });

  it("puts values where the other language has them", () => {
    expect(say("3 of 5")).toBe("5 : 3");
    expect(say("please use ")).toBe("utilisez ");
  });

  it("takes the template that says most by itself", () => {
    expect(say("x has no text")).toBe("« x » n’a pas de texte");
    expect(say("x has no y")).toBe("x n’a pas de y");
  });

  it("leaves what it does not know", () => {
    expect(say("the moon is full")).toBe("the moon is full");
    expect(say("sign in first!")).toBe("sign in first!");
    expect(say("please sign in first")).toBe("please sign in first");
    expect(say("constructor")).toBe("constructor");
    expect(say("")).toBe("");
  });

  it("takes values as they are, whatever is in them", () => {
    for (const value of ["{0}", "{1} $& $1 $$", "(a|b)*[c]\\", "a\nb", "’", "page"]) {
      expect(say(`the slug '${value}' is taken`)).toBe(`le slug « ${value} » est pris`);
    }
    expect(say("{1} of {0}")).toBe("{0} : {1}");
    expect(say("declare $x as $y")).toBe("déclarez $x comme $y");
  });

  it("reads the quotes that Python writes around a value with quotes", () => {
    expect(say(`the slug "l'eau" is taken`)).toBe("le slug « l'eau » est pris");
  });

  it("translates messages and phrases within messages", () => {
    expect(say("a request failed: sign in first")).toBe(
      "une requête a échoué : connectez-vous d’abord",
    );
    expect(say("a request failed: the slug 'a' is taken")).toBe(
      "une requête a échoué : le slug « a » est pris",
    );
    expect(say("please use one of page")).toBe("utilisez l’une de Page");
    expect(say("page")).toBe("page");
  });
});

describe("the French of errors", () => {
  const rooms = import.meta.glob<Templates>("../../src/i18n/errors/*.fr.json", {
    eager: true,
    import: "default",
  });
  const values = (text: string): string =>
    text.replace(/\{(\d)\}/g, (_, place: string) => `«${"xyz"[Number(place)]}»`);

  it("is found for each message, by its own template", () => {
    const messages = Object.entries(rooms).filter(([path]) => !path.includes("phrases"));
    expect(messages.length).toBeGreaterThan(5);
    for (const [english, french] of messages.flatMap(([, room]) => Object.entries(room))) {
      expect(inFrench(values(english))).toBe(values(french));
    }
  });
});

describe("what is told", () => {
  beforeEach(() => {
    vi.resetModules();
  });

  const load = async (language: string) => {
    document.documentElement.lang = language;
    const { told, sentences } = await import("../../src/i18n/errors");
    return { told, sentences };
  };

  it("is what was said, in English", async () => {
    const { told, sentences } = await load("en");
    expect(told("sign in first")).toBe("sign in first");
    expect(sentences("sign in first", "it begins with https://", undefined, "")).toBe(
      "Sign in first. It begins with https://.",
    );
    expect(sentences("ana@example.org has an account already")).toBe(
      "ana@example.org has an account already.",
    );
  });

  it("is nothing until the words are there in French, and then French", async () => {
    const { told, sentences } = await load("fr");
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      createRoot((dispose) => {
        // On a server, as this is for Solid, nothing is done again by itself: it is asked again.
        const listen = (): void => {
          heard.push(told("sign in first"));
          if (heard.at(-1)) {
            dispose();
            resolve();
          } else setTimeout(listen);
        };
        listen();
      });
    });
    expect(heard[0]).toBe("");
    expect(heard.at(-1)).toBe("connectez-vous d’abord");
    expect(sentences("the slug 'a' is taken", "choose another")).toBe(
      "Le slug «\u00a0a\u00a0» est déjà pris. Choisissez-en un autre.",
    );
    expect(told("there is no such product")).toBe("produit introuvable");
    expect(told("'x' of section must be one of a, b")).toBe(
      "«\u00a0x\u00a0» (Section) attend l’une de ces valeurs\u00a0: a, b",
    );
  });

  it("is English if the words cannot be fetched", async () => {
    vi.doMock("../../src/i18n/french-errors", () => {
      throw new Error("offline");
    });
    const { told } = await load("fr");
    expect(told("sign in first")).toBe("");
    await vi.waitFor(() => expect(told("sign in first")).toBe("sign in first"));
    vi.doUnmock("../../src/i18n/french-errors");
  });
});
