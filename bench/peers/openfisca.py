"""OpenFisca: one variable whose formula is the rules, in numpy columns."""

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.peers import NONE, SETS, Answer, Plain

NAME, PACKAGE = "OpenFisca", "OpenFisca-Core"
DAY = "2026-01-01"


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    run = _system(rules)
    return lambda products: [int(run([product])[0]) for product in products]


def columns(rules: list[Plain], products: list):
    """The work for all products at once."""
    run = _system(rules)
    given = _columns(products)
    return lambda: run(products, given)


def _columns(products: list) -> dict[str, np.ndarray]:
    found = {}
    for fact in products[0]:
        if fact in SETS:
            for leaf in {leaf for product in products for leaf in product[fact]}:
                found[f"{fact}_{leaf}".replace("-", "_")] = np.array([leaf in p[fact] for p in products])
        else:
            found[fact] = np.array([product[fact] for product in products], dtype=object)
    return found


def _system(rules: list[Plain]):
    product_entity = Entity("product", "products", "", "")
    system = TaxBenefitSystem([product_entity])
    names: dict[str, type] = {}
    for needs, _ in rules:
        for fact, leaves in needs.items():
            if fact in SETS:
                names |= {f"{fact}_{leaf}".replace("-", "_"): bool for leaf in leaves}
            else:
                names[fact] = str

    def variable(name: str, kind: type) -> type:
        members = {
            "value_type": kind,
            "entity": product_entity,
            "definition_period": DateUnit.DAY,
            "label": name,
        }
        return type(name, (Variable,), members)

    for name, kind in names.items():
        system.add_variable(variable(name, kind))

    def formula(product, period, parameters):
        best = np.full(product.count, NONE)
        for needs, status in rules:
            holds = np.ones(product.count, bool)
            for fact, leaves in needs.items():
                if fact in SETS:
                    holds &= np.logical_or.reduce(
                        [product(f"{fact}_{leaf}".replace("-", "_"), period) for leaf in leaves]
                    )
                else:
                    holds &= np.isin(product(fact, period).astype(str), leaves)
            best = np.where(holds, np.minimum(best, status), best)
        return best

    answer = variable("answer", int)
    answer.formula = formula
    system.add_variable(answer)
    builder = SimulationBuilder()

    def run(products: list, given: dict | None = None) -> np.ndarray:
        given = given or _columns(products)
        simulation = SimulationBuilder().build_default_simulation(system, len(products))
        for name, values in given.items():
            if name in names:
                simulation.set_input(name, DAY, values)
        return simulation.calculate("answer", DAY)

    del builder
    return run
