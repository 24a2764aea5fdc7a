import builder from "./errors/builder.fr.json";
import collab from "./errors/collab.fr.json";
import commerce from "./errors/commerce.fr.json";
import core from "./errors/core.fr.json";
import graphql from "./errors/graphql.fr.json";
import library from "./errors/graphql-core.fr.json";
import phrases from "./errors/phrases.fr.json";
import sites from "./errors/sites.fr.json";
import web from "./errors/web.fr.json";
import { translator } from "./templates";

const ROOMS = [core, builder, collab, commerce, sites, graphql, library, web];

/** A message of the server or the executor in French; it stays in English if nobody knows it. */
export const inFrench = translator(Object.assign({}, ...ROOMS), phrases);
