// A customer by its name, on the desk's pages about something else. The name comes later than its domain.

import { api } from "../../api";
import { FilterSelect } from "../../parts/filters";
import { useLoad } from "../../parts/load";
import { href } from "../../router";
import { t } from "../../text";

function useName(slug: string): string {
  const { data } = useLoad(() => api.GET("/customers/{customer}", { params: { path: { customer: slug } } }), slug);
  return data?.customer.name ?? slug;
}

export function CustomerLink({ slug }: { slug: string }) {
  return <a href={href("customers", slug)}>{useName(slug)}</a>;
}

/** The one customer of a list, until its filter is taken away. */
export function FilterCustomer({ slug }: { slug: string }) {
  const options: [string, string][] = [["", t("console-filter-all")], [slug, useName(slug)]];
  return <FilterSelect name="customer" label={t("console-customer")} options={options} />;
}
