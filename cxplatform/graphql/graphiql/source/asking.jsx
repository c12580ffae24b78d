// The bar on top: who asks, and for which brand.

export function Asking({ asking, onChange }) {
  const submit = (event) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    onChange({ key: fields.get("key").trim(), brand: fields.get("brand").trim() });
  };
  return (
    <form className="asking" onSubmit={submit} autoComplete="off">
      <strong>cxplatform</strong>
      <label>
        Key
        <input name="key" type="password" defaultValue={asking.key} placeholder="cx_…" autoComplete="off" />
      </label>
      <label>
        Brand
        <input name="brand" defaultValue={asking.brand} placeholder="slug, for a provider's key" spellCheck={false} />
      </label>
      <button>Use</button>
      <output>{asking.key ? "" : "Fill in a key to begin."}</output>
    </form>
  );
}
