// For other people's pages: <ledger287-figure src="…/embed/growth"></ledger287-figure> shows a figure in a frame that is as
// high as the figure is. The frame is ours and sees nothing of the page around it; the page sees nothing of the frame.
const home = new URL(import.meta.url).origin;

customElements.define("ledger287-figure", class extends HTMLElement {
  connectedCallback() {
    const source = new URL(this.getAttribute("src"), home);
    if (source.origin !== home) throw new Error(`ledger287-figure shows figures of ${home} only`);
    const frame = document.createElement("iframe");
    frame.src = source.href;
    frame.title = this.getAttribute("title") ?? "ledger287";
    frame.loading = "lazy";
    frame.style.cssText = "border:0;width:100%;height:640px";
    this.listener = (message) => {
      if (message.source === frame.contentWindow && message.origin === home && message.data?.ledger287Height > 0) {
        frame.style.height = `${Math.min(message.data.ledger287Height, 4000)}px`;
      }
    };
    addEventListener("message", this.listener);
    this.replaceChildren(frame);
  }

  disconnectedCallback() {
    removeEventListener("message", this.listener);
  }
});
