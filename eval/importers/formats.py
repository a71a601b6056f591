"""Every importer by its name."""

from eval.importers.beir import Beir
from eval.importers.ecommerce_faq import EcommerceFaq
from eval.importers.judged import SETS
from eval.importers.model import Importer
from eval.importers.ragas import Ragas
from eval.importers.rgb import Rgb
from eval.importers.tables import Table
from eval.importers.tau_retail import TauRetail
from eval.importers.trec import Trec
from eval.importers.webshop import Webshop

IMPORTERS: dict[str, Importer] = {
    importer.name: importer
    for importer in (Table(), Beir(), Trec(), Ragas(), *SETS, EcommerceFaq(), Rgb(), TauRetail(), Webshop())
}
