// The quick exit, on every page and before anything else has loaded.

import quickexit from "../../components/quickexit.js";
import { here, told } from "./page_data.js";

const state = told("exit");
quickexit.render({ model: { get: (name) => state[name] }, el: here("exit-here") });
