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

  /* Ten minutes before the session ends a banner says so and lets the person stay; after the end it says how to go on.
     The moment is counted from when the banner came, in the time of this machine: its clock need not be right. */
  var WARN_BEFORE = 600;
  var sessionEnds = null;

  function readSession() {
    var banner = document.querySelector("[data-session-seconds]");
    sessionEnds = banner ? Date.now() / 1000 + Number(banner.dataset.sessionSeconds) : null;
    showSession();
  }

  function showSession() {
    var banner = document.querySelector("[data-session-seconds]");
    if (!banner) {
      return;
    }
    var left = sessionEnds - Date.now() / 1000;
    var isOver = left <= 0;
    banner.hidden = left > WARN_BEFORE;
    banner.querySelector("[data-session-ending]").hidden = isOver;
    banner.querySelector("[data-session-stay]").hidden = isOver;
    banner.querySelector("[data-session-over]").hidden = !isOver;
    banner.querySelector("[data-session-sign-in]").hidden = !isOver;
  }

  readSession();
  window.setInterval(showSession, 15000);
  document.addEventListener("visibilitychange", showSession);

  /* Whoever leaves a page with something typed and not kept is asked first. Sent, or kept in the background, it is clean. */
  var unsaved = new Set();

  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-guarded]");
    if (form) {
      unsaved.add(form);
    }
  });
  document.addEventListener("submit", function (event) {
    unsaved.delete(event.target);
  });
  var LEAVING = 10000;
  var leftAt = 0;

  window.addEventListener("beforeunload", function (event) {
    leftAt = Date.now();
    if (unsaved.size) {
      event.preventDefault();
    }
  });

  /* A file is sent when it is chosen: two that are chosen one after the other would else wait for two buttons, and the
     first button pressed would lose the other file. The button then tells what goes on. */
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-sends-choice]");
    if (!form || event.target.type !== "file" || !event.target.files.length) {
      return;
    }
    var button = form.querySelector("[data-sending]");
    form.requestSubmit();
    button.textContent = button.dataset.sending;
    button.setAttribute("aria-disabled", "true");
  });

  /* A page that is being left does not load itself anew: it would take the place of the one that was asked for.
     Who stays after all, as after a download, gets it with a later answer. */
  document.addEventListener("htmx:beforeOnLoad", function (event) {
    var isAnew = event.detail.xhr.getResponseHeader("HX-Refresh") === "true";
    if (isAnew && Date.now() - leftAt < LEAVING) {
      event.preventDefault();
    }
  });

  focusSummary(document);
  document.addEventListener("htmx:afterSwap", function (event) {
    focusSummary(event.detail.target);
    if (event.detail.requestConfig.elt.id === "session") {
      readSession();
    }
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
    /* A refusal is shown and so counts as successful above; what was typed is not kept. */
    if (event.detail.xhr.status < 400) {
      unsaved.delete(event.detail.elt);
    }
  });
})();
