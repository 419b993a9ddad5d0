"""A plain map drawn from degrees: an equirectangular grid, points and their labels. Knows nothing of territories."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import floor

WIDTH = 960
# Half a mark with its outline, in the units of the drawing.
MARK = 11
NAME_SIZE, NAME_SHARE = 17, 0.5
# On a narrow screen the drawing is shown at two fifths of its size: a figure of 14 pixels is 36 units high there.
NUMBER_SIZE, NUMBER_SHARE = 36, 0.56


@dataclass(frozen=True)
class Frame:
    """A piece of the globe in whole degrees, and the distance between the lines of its grid."""

    west: int
    south: int
    east: int
    north: int
    step: int

    @property
    def height(self) -> int:
        """The drawing keeps the same scale both ways."""
        return round(WIDTH * (self.north - self.south) / (self.east - self.west))

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a place lies in this piece."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def x(self, longitude: float) -> int:
        """Units from the left edge."""
        return round(WIDTH * (longitude - self.west) / (self.east - self.west))

    def y(self, latitude: float) -> int:
        """Units from the upper edge."""
        return round(self.height * (self.north - latitude) / (self.north - self.south))


@dataclass(frozen=True)
class Spot:
    """A place to draw: its number in the list, its name, and the shape that says how it stands."""

    number: int
    name: str
    latitude: float
    longitude: float
    shape: str


@dataclass(frozen=True)
class Label:
    """Where words stand, and from which side they are written."""

    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Drawn:
    """A spot in units of the drawing, with its labels for a wide and for a narrow screen."""

    spot: Spot
    x: int
    y: int
    name_at: Label
    number_at: Label


@dataclass(frozen=True)
class Drawing:
    """Everything that the template writes down."""

    width: int
    height: int
    spots: list[Drawn]
    meridians: list[int]
    parallels: list[int]


Box = tuple[float, float, float, float]


def around(spots: Iterable[Spot], step: int) -> Frame:
    """The smallest frame of whole steps that holds every spot; none lies on its upper or right edge."""
    found = list(spots)
    latitudes, longitudes = [spot.latitude for spot in found], [spot.longitude for spot in found]
    return Frame(
        west=floor(min(longitudes) / step) * step,
        south=floor(min(latitudes) / step) * step,
        east=(floor(max(longitudes) / step) + 1) * step,
        north=(floor(max(latitudes) / step) + 1) * step,
        step=step,
    )


def draw(spots: Iterable[Spot], frame: Frame) -> Drawing:
    """The spots of one frame with labels that do not cover one another where there is room."""
    found = list(spots)
    names = _placed(found, frame, lambda spot: len(f"{spot.number} {spot.name}") * NAME_SIZE * NAME_SHARE, NAME_SIZE)
    numbers = _placed(found, frame, lambda spot: len(str(spot.number)) * NUMBER_SIZE * NUMBER_SHARE, NUMBER_SIZE)
    drawn = [
        Drawn(spot, frame.x(spot.longitude), frame.y(spot.latitude), name, number)
        for spot, name, number in zip(found, names, numbers, strict=True)
    ]
    return Drawing(
        width=WIDTH,
        height=frame.height,
        spots=drawn,
        meridians=[frame.x(degree) for degree in range(frame.west + frame.step, frame.east, frame.step)],
        parallels=[frame.y(degree) for degree in range(frame.south + frame.step, frame.north, frame.step)],
    )


def _placed(spots: list[Spot], frame: Frame, width_of: Callable[[Spot], float], size: int) -> list[Label]:
    """For each spot the first side with room, the longest words first; where there is none, what covers least."""
    taken: list[Box] = [_mark(frame, spot) for spot in spots]
    labels: dict[int, Label] = {}
    for spot in sorted(spots, key=width_of, reverse=True):
        own = _mark(frame, spot)
        others = [box for box in taken if box != own]
        offers = _sides(frame, spot, width_of(spot), size)
        label, box = min(offers, key=lambda offer: _trouble(offer[1], others, frame))
        taken.append(box)
        labels[spot.number] = label
    return [labels[spot.number] for spot in spots]


def _mark(frame: Frame, spot: Spot) -> Box:
    x, y = frame.x(spot.longitude), frame.y(spot.latitude)
    return (x - MARK, y - MARK, x + MARK, y + MARK)


def _sides(frame: Frame, spot: Spot, width: float, size: int) -> Iterator[tuple[Label, Box]]:
    """Beside the mark, above and below it; then the same up to two lines further off."""
    x, y, gap = frame.x(spot.longitude), frame.y(spot.latitude), MARK + 3
    middle, above, below = y + size // 3, y - gap, y + gap + size * 3 // 4
    further = [baseline for off in (size // 2, size, 2 * size) for baseline in (above - off, below + off)]
    for baseline in (middle, above, below, *further):
        beside = gap if baseline == middle else 0
        # A line of text reaches from its baseline about three quarters of its size up, and one quarter down.
        top, bottom = baseline - size * 3 / 4, baseline + size / 4
        yield Label(x + beside, baseline, "start"), (x + beside, top, x + beside + width, bottom)
        yield Label(x - beside, baseline, "end"), (x - beside - width, top, x - beside, bottom)
        if baseline != middle:
            yield Label(x, baseline, "middle"), (x - width / 2, top, x + width / 2, bottom)


def _trouble(box: Box, taken: list[Box], frame: Frame) -> int:
    """How many others the words would cover; as bad as all of them where they leave the frame."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > frame.height:
        return len(taken)
    return sum(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken)
