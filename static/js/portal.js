/* The little script of our own, beside htmx. Every page works without it; nothing is decided here. */
(function () {
  "use strict";

  /* An error summary takes the focus, so that keyboard and screen reader start where the trouble is told;
     not when the address leads to another place on the page. */
  function focusSummary(root) {
    var summary = root.querySelector("[data-takes-focus]");
    if (summary && !window.location.hash) {
      summary.focus();
    }
  }

  /* The stamp says "not saved yet" when an answer failed to come, and its own words again after the next that did. */
  function showStamps(isLost) {
    document.querySelectorAll("[data-stamp]").forEach(function (stamp) {
      stamp.classList.toggle("gp-stamp--wait", isLost);
      stamp.querySelector("[data-stamp-kept]").hidden = isLost;
      stamp.querySelector("[data-stamp-lost]").hidden = !isLost;
    });
  }

  focusSummary(document);
  document.addEventListener("htmx:afterSwap", function (event) {
    focusSummary(event.detail.target);
  });
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function () {
      showStamps(true);
    });
  });
  document.addEventListener("htmx:afterOnLoad", function (event) {
    if (event.detail.successful) {
      showStamps(false);
    }
  });
})();
