// The list of publications becomes a slider; going to another day loads that day's page, whose address can be shared.
export function slider() {
  const form = document.getElementById("moment");
  const list = form?.querySelector("select");
  if (!list || list.options.length < 3) return;
  const days = [...list.options].slice(1);
  const range = document.createElement("input");
  range.type = "range";
  range.id = "as_of_range";
  range.min = 0;
  range.max = days.length;
  range.value = list.selectedIndex === 0 ? days.length : list.selectedIndex - 1;
  const label = form.querySelector("label");
  label.htmlFor = range.id;
  const shown = document.createElement("output");
  shown.htmlFor = range.id;
  const say = () => {
    const day = days[range.value];
    shown.textContent = day ? day.textContent : list.options[0].textContent;
    range.setAttribute("aria-valuetext", shown.textContent);
  };
  say();
  range.oninput = say;
  range.onchange = () => {
    const address = new URL(location.href);
    address.searchParams.delete("position");
    if (days[range.value]) address.searchParams.set("as_of", days[range.value].value);
    else address.searchParams.delete("as_of");
    location.assign(address);
  };
  list.replaceWith(range, shown);
  form.querySelector("button").remove();
}
