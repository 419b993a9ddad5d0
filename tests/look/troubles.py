"""What axe finds on a page. Contrast takes it most of its time, and is looked at once for each way of being drawn.

Contrast against something that is laid behind words without being around them is looked at only on the first page that
draws words so; nothing of the portal's is laid so.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Screen

GRAVE = {"serious", "critical"}
AXE = Axe()
# A way of being drawn: the letters of an element, and every background and opacity from it outwards. Only what can be
# seen tells of one: what is hidden, or kept for ears, axe does not look at.
WAYS = """() => {
    const behind = new Map([[null, '']]);
    const backgrounds = one => {
        if (!behind.has(one)) {
            const drawn = getComputedStyle(one);
            const own = [drawn.backgroundColor, drawn.backgroundImage, drawn.opacity, drawn.filter].join(' ');
            const around = backgrounds(one.parentElement);
            behind.set(one, own === 'rgba(0, 0, 0, 0) none 1 none' ? around : `${own} / ${around}`);
        }
        return behind.get(one);
    };
    const has_words = one => [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const is_seen = one => {
        const box = one.getBoundingClientRect();
        return one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.width > 1 && box.height > 1;
    };
    window.ways = new Map();
    for (const one of document.querySelectorAll('body, body *'))
        if (is_seen(one) && (has_words(one) || one.matches('input, select, textarea'))) {
            const drawn = getComputedStyle(one);
            const way = [drawn.color, drawn.fontSize, drawn.fontWeight, drawn.textShadow, one.disabled, backgrounds(one)]
                .join(' | ');
            window.ways.set(way, [...(window.ways.get(way) ?? []), one]);
        }
    return [...window.ways.keys()];
}"""
CONTRASTS = """fresh => axe.run({include: fresh.flatMap(way => window.ways.get(way))},
    {resultTypes: ['violations'], preload: false, runOnly: ['color-contrast']}).then(results => results.violations)"""
THE_REST = """() => axe.run({resultTypes: ['violations'], preload: false,
    rules: {'color-contrast': {enabled: false}}}).then(results => results.violations)"""


def grave_troubles(window: Screen, known: set[str]) -> list[str]:
    """What axe finds serious or critical, each with the first place where it stands.

    `known` are the ways of being drawn whose contrast was found good before; those of a page without a fault are added.
    """
    if not window.evaluate("'axe' in window"):
        window.evaluate(AXE.axe_script)
    found = window.evaluate(THE_REST)
    fresh = [way for way in window.evaluate(WAYS) if way not in known]
    faint = window.evaluate(CONTRASTS, fresh) if fresh else []
    if not faint:
        known.update(fresh)
    found += faint
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in GRAVE]
