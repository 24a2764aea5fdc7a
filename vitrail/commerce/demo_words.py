"""The words of the demo catalogue, in French and English."""

from __future__ import annotations

from typing import NamedTuple


class Thing(NamedTuple):
    """A kind of product: its names, branch, prices from in euros, and what it is made of."""

    slug: str
    fr: str
    en: str
    category: str
    euros: int
    materials: tuple[str, ...]


WOOD = ("oak", "walnut", "beech", "ash")
CERAMIC = ("stoneware", "porcelain", "earthenware", "terracotta")
METAL = ("brass", "steel", "copper", "aluminium")
TEXTILE = ("linen", "cotton", "wool", "hemp")
GLASS = ("glass", "crystal", "stoneware", "porcelain")
PAPER = ("paper", "leather", "cork", "linen")

MATERIALS = {
    "oak": "chêne",
    "walnut": "noyer",
    "beech": "hêtre",
    "ash": "frêne",
    "stoneware": "grès",
    "porcelain": "porcelaine",
    "earthenware": "faïence",
    "terracotta": "terre cuite",
    "brass": "laiton",
    "steel": "acier",
    "copper": "cuivre",
    "aluminium": "aluminium",
    "linen": "lin",
    "cotton": "coton",
    "wool": "laine",
    "hemp": "chanvre",
    "glass": "verre",
    "crystal": "cristal",
    "paper": "papier recyclé",
    "leather": "cuir",
    "cork": "liège",
}

THINGS = (
    Thing("table-lamp", "Lampe de table", "table lamp", "lighting", 59, WOOD),
    Thing("pendant-light", "Suspension", "pendant light", "lighting", 89, METAL),
    Thing("wall-light", "Applique", "wall light", "lighting", 49, CERAMIC),
    Thing("candlestick", "Bougeoir", "candlestick", "lighting", 19, METAL),
    Thing("coffee-table", "Table basse", "coffee table", "furniture", 249, WOOD),
    Thing("chair", "Chaise", "chair", "furniture", 129, WOOD),
    Thing("stool", "Tabouret", "stool", "furniture", 79, WOOD),
    Thing("shelf", "Étagère", "shelf", "furniture", 99, (*WOOD[:3], "steel")),
    Thing("bench", "Banc", "bench", "furniture", 169, WOOD),
    Thing("mirror", "Miroir", "mirror", "furniture", 69, ("oak", "brass", "steel", "walnut")),
    Thing("cup", "Tasse", "cup", "tableware", 12, CERAMIC),
    Thing("bowl", "Bol", "bowl", "tableware", 14, CERAMIC),
    Thing("plate", "Assiette", "plate", "tableware", 16, CERAMIC),
    Thing("teapot", "Théière", "teapot", "tableware", 45, (*CERAMIC[:3], "steel")),
    Thing("carafe", "Carafe", "carafe", "tableware", 29, GLASS),
    Thing("tray", "Plateau", "tray", "tableware", 35, (*WOOD[:3], "brass")),
    Thing("throw", "Plaid", "throw", "textiles", 79, TEXTILE),
    Thing("cushion", "Coussin", "cushion", "textiles", 32, TEXTILE),
    Thing("tablecloth", "Nappe", "tablecloth", "textiles", 55, TEXTILE),
    Thing("tea-towel", "Torchon", "tea towel", "textiles", 11, TEXTILE),
    Thing("notebook", "Carnet", "notebook", "desk", 15, PAPER),
    Thing("desk-tray", "Vide-poche", "desk tray", "desk", 24, ("leather", "cork", "oak", "brass")),
    Thing("pen-pot", "Pot à crayons", "pen pot", "desk", 18, ("stoneware", "cork", "oak", "brass")),
    Thing("planter", "Cache-pot", "planter", "garden", 27, CERAMIC),
    Thing("watering-can", "Arrosoir", "watering can", "garden", 39, METAL),
)

# Branch: French, English, and the branch above.
CATEGORIES = {
    "home": ("Maison", "Home", None),
    "lighting": ("Luminaires", "Lighting", "home"),
    "furniture": ("Mobilier", "Furniture", "home"),
    "tableware": ("Art de la table", "Tableware", "home"),
    "textiles": ("Textiles", "Textiles", "home"),
    "work-and-garden": ("Bureau et jardin", "Desk and garden", None),
    "desk": ("Bureau", "Desk", "work-and-garden"),
    "garden": ("Jardin", "Garden", "work-and-garden"),
}

# Places whose names are the same in both languages.
MODELS = (
    "Mistral", "Garonne", "Sirocco", "Ardenne", "Camargue", "Morvan", "Iroise", "Aubrac", "Queyras",
    "Ventoux", "Ouessant", "Vercors", "Luberon", "Sologne", "Belle-Île", "Verdon", "Aravis",
    "Bréhat", "Chausey", "Vanoise",
)  # fmt: skip

MERCHANTS = {
    "atelier-marin": ("Atelier Marin", "FR"),
    "maison-lune": ("Maison Lune", "FR"),
    "studio-brume": ("Studio Brume", "FR"),
    "nord-et-lin": ("Nord & Lin", "BE"),
    "casa-olivo": ("Casa Olivo", "IT"),
    "oak-and-ember": ("Oak & Ember", "GB"),
    "hikari-studio": ("Hikari Studio", "JP"),
    "forge-du-lac": ("Forge du Lac", "CH"),
    "fjord-works": ("Fjord Works", "NO"),
    "terra-viva": ("Terra Viva", "PT"),
    "linden-haus": ("Linden Haus", "DE"),
    "canal-press": ("Canal Press", "NL"),
}

STYLES = ("minimal", "nature", "atelier", "design", "vintage", "artisan", "urban", "rustic")

COLLECTIONS = {
    "new-in": ("Nouveautés", "New in"),
    "gifts": ("Idées cadeaux", "Gift ideas"),
    "summer-table": ("Table d’été", "Summer table"),
    "quiet-desk": ("Bureau au calme", "Quiet desk"),
    "small-prices": ("Petits prix", "Small prices"),
    "our-picks": ("Nos coups de cœur", "Our picks"),
}

PURPOSES = (
    (
        "Pour les petits espaces comme pour les grandes tablées.",
        "For small spaces and large tables.",
    ),
    ("Chaque exemplaire garde la trace de la main.", "Each piece keeps the trace of the hand."),
    ("Un entretien simple, une patine qui dure.", "Easy to care for, and it ages well."),
    (
        "Expédition sous deux jours dans un carton recyclé.",
        "Sent within two days in recycled card.",
    ),
    ("Une ligne sobre qui se marie avec tout.", "A quiet line that goes with everything."),
)

AUTHORS = (
    "Camille", "Noah", "Inès", "Oliver", "Léa", "Emma", "Hugo", "Sofia", "Jules", "Mia", "Louise",
    "Arthur", "Chloé", "Liam", "Nora", "Gabriel",
)  # fmt: skip

# By stars: French, English.
OPINIONS = {
    5: (
        ("Magnifique, encore plus en vrai.", "Beautiful, even more so in real life."),
        ("Très belle finition, je recommande.", "Lovely finish, I recommend it."),
    ),
    4: (
        ("Très bien, livraison un peu longue.", "Very good, delivery a little slow."),
        ("Conforme à la photo, bonne qualité.", "As pictured, good quality."),
    ),
    3: (
        ("Joli, mais plus petit que prévu.", "Pretty, but smaller than expected."),
        ("Correct pour le prix.", "Fair for the price."),
    ),
    2: (("La teinte ne correspond pas à la photo.", "The shade is not that of the picture."),),
    1: (("Arrivé abîmé, échange en cours.", "Arrived damaged, being exchanged."),),
}
