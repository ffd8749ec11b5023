// The paths of the API as one tenant's console calls them: without the beginning that names the tenant, which place.ts
// knows. Types only, derived from those of the API's document.

import type { FetchOptions } from "openapi-fetch";
import type { PathsWithMethod, SuccessResponse } from "openapi-typescript-helpers";
import type { paths } from "./api-types";

type Begin = "/t/{slug}/api/v1";

/** Filters that are not set may be given as undefined. */
type Filters<Query> = { [Name in keyof Query]: Query[Name] | undefined };

/** The parameters of a path but for the tenant; a path that names nothing else takes none. */
type Names<Path> = keyof Omit<Path, "slug"> extends never ? { path?: never } : { path: Omit<Path, "slug"> };

type OfTenant<Operation> = Operation extends { parameters: { query?: infer Query; header?: infer Header; path: infer Path } }
  ? Omit<Operation, "parameters"> & { parameters: { query?: Filters<Query>; header?: Header } & Names<Path> }
  : Operation;

export type TenantPaths = {
  [Path in keyof paths as Path extends `${Begin}${infer End}` ? End : never]: {
    [Method in keyof paths[Path]]: OfTenant<paths[Path][Method]>;
  };
};

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** The paths that have `M`. */
export type PathOf<M extends Method> = PathsWithMethod<TenantPaths, M>;

type Operation<P extends keyof TenantPaths, M extends Method> = M extends keyof TenantPaths[P] ? TenantPaths[P][M] : never;

/** What a call takes: parameters, body, signal. */
export type Options<P extends keyof TenantPaths, M extends Method> = FetchOptions<Operation<P, M>>;

/** The document that a call is answered with; undefined where there is none. */
export type Answer<P extends keyof TenantPaths, M extends Method> =
  Operation<P, M> extends { responses: infer Responses extends Record<number, unknown> }
    ? SuccessResponse<Responses, "application/json">
    : never;

/** The filters that a path takes. */
export type QueryOf<P extends PathOf<"get">> = Operation<P, "get"> extends { parameters: { query?: infer Query } }
  ? NonNullable<Query>
  : never;

/** What a path of a list names besides the tenant, such as a customer. */
export type NamesOf<P extends PathOf<"get">> = Operation<P, "get"> extends { parameters: { path: infer Names } } ? Names : never;

type ListedBy<P extends PathOf<"get">> = Answer<P, "get"> extends { items: (infer Item)[]; cursor: string | null } ? Item : never;

/** The paths that answer a list. */
export type ListPath = { [P in PathOf<"get">]: [ListedBy<P>] extends [never] ? never : P }[PathOf<"get">];

/** What the list at a path is made of. */
export type Item<P extends ListPath> = ListedBy<P>;

/** The paths that answer a whole list as a file. */
export type ExportPath = Extract<PathOf<"get">, `${string}/export`>;
