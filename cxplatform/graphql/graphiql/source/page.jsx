// GraphiQL for whoever has a key: the key and the brand are filled in by hand and live as long as the tab.
import { useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";

import { Asking } from "./asking.jsx";
import { fetcherOf } from "./fetcher.js";
import { askingOfTab, keepForTab, storageWithoutHeaders, tabsAreKept } from "./storage.js";
import "./page.css";

function Page({ firstTab, live }) {
  const [asking, setAsking] = useState(askingOfTab);
  const fetcher = useMemo(() => fetcherOf(asking, live), [asking, live]);
  const ask = (changed) => {
    keepForTab(changed);
    setAsking(changed);
  };
  return (
    <>
      <Asking asking={asking} onChange={ask} />
      <GraphiQL
        fetcher={fetcher}
        storage={storageWithoutHeaders}
        {...firstTab}
        defaultEditorToolsVisibility="variables"
        showPersistHeadersSettings={false}
        inputValueDeprecation
        schemaDescription
      >
        <GraphiQL.Logo> </GraphiQL.Logo>
      </GraphiQL>
    </>
  );
}

const place = document.getElementById("page");
const { query, variables, live } = JSON.parse(place.dataset.firstLook);
// Whoever was here before finds the tabs of then.
const firstTab = tabsAreKept() ? {} : { query, variables: JSON.stringify(variables, null, 2) };
createRoot(place).render(<Page firstTab={firstTab} live={live} />);
