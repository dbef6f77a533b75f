// A style that a script imports, for the bundler.
declare module "*.css";
