declare module "*.ftl?raw" {
  const source: string;
  export default source;
}

declare module "*.css";

declare module "*?worker&url" {
  const url: string;
  export default url;
}
