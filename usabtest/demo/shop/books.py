"""What the shop sells: books that nobody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    FICTION = "fiction"
    CHILDREN = "children"
    TRAVEL = "travel"
    GIFTS = "gifts"

    @property
    def words(self) -> str:
        return self.value.capitalize()


class Drawing(StrEnum):
    """What is drawn on a cover."""

    SUN = "sun"
    PEAKS = "peaks"
    WAVES = "waves"
    MOON = "moon"
    HOUSES = "houses"
    TREE = "tree"
    ROAD = "road"
    STARS = "stars"


@dataclass(frozen=True, slots=True)
class Cover:
    """A drawing in two colours on a ground."""

    drawing: Drawing
    ground: str
    ink: str
    light: str


@dataclass(frozen=True, slots=True)
class Book:
    """A book as it stands on its page; `shops` is how many are in our shops, None if the till does not tell."""

    slug: str
    title: str
    author: str
    category: Category
    subject: str
    binding: str
    price: int
    blurb: str
    cover: Cover
    shops: int | None = 3

    def mentions(self, words: str) -> bool:
        """Whether all of these words stand somewhere in what is said about the book."""
        said = " ".join((self.title, self.author, self.subject, self.category)).casefold()
        return all(word in said for word in words.casefold().split())


BOOKS = (
    Book(
        "the-lamplighters-map",
        "The Lamplighter’s Map",
        "Ines Okafor",
        Category.FICTION,
        "Adventure",
        "Paperback",
        1250,
        "Every lamp in the harbour town is a letter, and the lamplighter’s daughter has learnt to read.",
        Cover(Drawing.SUN, "#f2a541", "#1d3557", "#f7f3e9"),
        shops=None,
    ),
    Book(
        "murder-at-the-tide-mill",
        "Murder at the Tide Mill",
        "Conor Hale",
        Category.FICTION,
        "Detective story",
        "Paperback",
        990,
        "The mill turned twice that night. Sergeant Penhallow wants to know who needed the second flood.",
        Cover(Drawing.WAVES, "#2a9d8f", "#1c4a47", "#f7f3e9"),
    ),
    Book(
        "the-eleventh-umbrella",
        "The Eleventh Umbrella",
        "Mirela Stan",
        Category.FICTION,
        "Detective story",
        "Hardback",
        1690,
        "Ten were handed back to the lost property office. The eleventh had been used as a key.",
        Cover(Drawing.MOON, "#3d405b", "#f2cc8f", "#f7f3e9"),
    ),
    Book(
        "salt-on-the-stairs",
        "Salt on the Stairs",
        "Tomasz Lindgren",
        Category.FICTION,
        "Novel",
        "Paperback",
        1140,
        "Three sisters, one boarding house, and a winter in which the sea comes up to the second floor.",
        Cover(Drawing.HOUSES, "#e07a5f", "#3d405b", "#f4f1de"),
    ),
    Book(
        "pip-and-the-paper-boat",
        "Pip and the Paper Boat",
        "Lotte Brandt",
        Category.CHILDREN,
        "Picture book",
        "Hardback",
        850,
        "Pip folds a boat out of a letter that should have been posted, and has to sail after it.",
        Cover(Drawing.WAVES, "#8ecae6", "#126782", "#ffffff"),
    ),
    Book(
        "the-otter-who-counted-stars",
        "The Otter Who Counted Stars",
        "Amara Diallo",
        Category.CHILDREN,
        "Bedtime story",
        "Board book",
        720,
        "One for the river, two for the reeds. A book to fall asleep with, tested on otters.",
        Cover(Drawing.STARS, "#264653", "#e9c46a", "#f4f1de"),
    ),
    Book(
        "a-house-of-one-hundred-doors",
        "A House of One Hundred Doors",
        "Yuki Marlowe",
        Category.CHILDREN,
        "Adventure, from 8",
        "Paperback",
        790,
        "Ninety-nine of them open. The hundredth has been painted on by somebody with very small hands.",
        Cover(Drawing.HOUSES, "#ffb703", "#7f4f24", "#fff8e6"),
    ),
    Book(
        "walking-the-high-pass",
        "Walking the High Pass",
        "Greta Sørby",
        Category.TRAVEL,
        "Mountains",
        "Paperback",
        1475,
        "Nine days, four huts, one compass: a walker’s companion to the ridge between two valleys.",
        Cover(Drawing.PEAKS, "#d6455a", "#f7e3d4", "#f7f3e9"),
    ),
    Book(
        "slow-trains-to-the-coast",
        "Slow Trains to the Coast",
        "Benedikt Arkwright",
        Category.TRAVEL,
        "Railways",
        "Paperback",
        1320,
        "Every line that ends at the water, with the timetable of the last train back.",
        Cover(Drawing.ROAD, "#577590", "#f9c74f", "#f7f3e9"),
    ),
    Book(
        "forests-of-the-north",
        "Forests of the North",
        "Elina Rautio",
        Category.TRAVEL,
        "Woodland",
        "Hardback",
        2240,
        "A year among spruce and birch, with maps that were drawn on the spot.",
        Cover(Drawing.TREE, "#588157", "#dad7cd", "#f7f3e9"),
    ),
    Book(
        "the-reading-diary",
        "The Reading Diary",
        "Otter Lane",
        Category.GIFTS,
        "Stationery",
        "Notebook",
        995,
        "Room for two hundred books, and a page at the end for those that you will not finish.",
        Cover(Drawing.STARS, "#b5838d", "#6d2e46", "#fff1e6"),
    ),
    Book(
        "twelve-postcards-from-nowhere",
        "Twelve Postcards from Nowhere",
        "Otter Lane",
        Category.GIFTS,
        "Stationery",
        "Box",
        640,
        "Linocuts of towns that are on no map. Stamps not included.",
        Cover(Drawing.PEAKS, "#90be6d", "#2d4a22", "#f7f3e9"),
    ),
)

_BY_SLUG = {book.slug: book for book in BOOKS}


def book_of(slug: str) -> Book | None:
    return _BY_SLUG.get(slug)


def books_in(category: Category) -> tuple[Book, ...]:
    return tuple(book for book in BOOKS if book.category is category)


def found(words: str) -> tuple[Book, ...]:
    """The books that a search finds; none for a search without words."""
    return tuple(book for book in BOOKS if words.strip() and book.mentions(words))
