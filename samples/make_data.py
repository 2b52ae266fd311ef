"""Writes data/customers.csv, data/shipments.csv and data/support_tickets.csv.

Deterministic: the same seed gives the same bytes. Standard library only. The pieces of ticket text are in ticket_text.py.
Facts that the documents state (the lot of 38 loggers, the order of 41 radars, who owns ST-0117) hold in the tables as well.
"""

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

from ticket_text import compose

SEED = 1874
STATIONS = 480
CUSTOMERS = 240
SHIPMENTS = 2400
TICKETS = 1800
HERE = Path(__file__).resolve().parent / "data"
FIRST_DAY, LAST_DAY = date(2024, 1, 8), date(2026, 10, 30)
FIRST_TICKET = datetime(2025, 11, 3)
K2_FROM, COMMA_FROM = date(2025, 3, 3), date(2026, 6, 1)  # older orders are for the predecessors

# customer id -> name, kind, catchment, plan, first station, number of stations
FIXED = {
    3: ("Lower Venn Drainage Board", "drainage board", "Lower Venn", "Beck", 1, 62),
    42: ("Quenby Flood Wardens", "parish", "Quenby Brook", "River", 101, 28),
    43: ("Quenby and Hallow Rivers Trust", "rivers trust", "Quenby Brook", "Beck", 129, 36),
    77: ("Lanthwaite District Council", "council", "Lanthwaite Beck", "River", 201, 9),
    91: ("Three Locks Navigation", "navigation", "Ossiter", "River", 215, 24),
    118: ("Tarrow Hydro Co-operative", "hydropower", "Upper Tarrow", "Beck", 285, 12),
}
PLACES = """Aldersyke Ambrick Bellwath Brackenholt Carrick Cotterfold Ditton Dunmarsh Elverstoke Fallowby Garrowby
Grindlethorpe Hallowmere Harmsey Hinderwell Ickby Kelderby Kirkwath Langstrother Marlowend Netherpool Oxmere Pellwick
Quarnby Ravenlode Saltersgill Scarrow Skelmire Tarrowhead Thistlewick Ulverby Vennmouth Wathby Whinstead Wolverlode
Yarrowfold""".split()
KINDS = [
    ("parish", ["{} Parish Council", "{} Flood Action Group"], 0.22),
    ("fishery", ["{} Angling Society", "{} Fishery", "{} Salmon Conservators"], 0.18),
    ("farm", ["{} Farms", "{} Estate", "{} Growers"], 0.16),
    ("hydropower", ["{} Mill Hydro", "{} Weir Power"], 0.12),
    ("council", ["{} Borough Council", "{} District Council"], 0.10),
    ("drainage board", ["{} Drainage Board", "{} Internal Drainage Commissioners"], 0.08),
    ("rivers trust", ["{} Rivers Trust", "Friends of the {} Water"], 0.07),
    ("school", ["{} School", "{} Field Studies Centre"], 0.04),
    ("consultant", ["{} Hydrology", "{} and Daughters, Surveyors"], 0.03),
]
CATCHMENTS = ["Ossiter", "Lower Venn", "Upper Venn", "Quenby Brook", "Hallow Beck", "Lanthwaite Beck", "Upper Tarrow",
              "Lower Tarrow", "Scarrow", "Ditton Water"]
PARTS = [  # part, description, price, weight, UN number, has a serial number
    ("OH-4310-04", "Heron H3 4 m", 685, 7, "UN3091", True), ("OH-4310-10", "Heron H3 10 m", 715, 12, "UN3091", True),
    ("OH-4310-20", "Heron H3 20 m", 790, 3, "UN3091", True), ("OH-4310-10-T", "Heron H3 10 m titanium", 955, 2, "UN3091", True),
    ("OH-5120", "Kingfisher K2", 1340, 8, "", True), ("OH-6205", "Dipper D1", 2870, 5, "", True),
    ("OH-7400", "Bittern B4", 1465, 9, "", True), ("OH-7400-S", "Bittern B4 satellite", 1985, 2, "", True),
    ("OH-3102", "Wagtail W1", 465, 8, "", True), ("OH-3102-H", "Wagtail W1-H heated", 890, 2, "", True),
    ("OH-4391", "desiccant cartridge", 19, 14, "", False), ("OH-6244", "Comma blade, pack of three", 29, 10, "", False),
    ("OH-6218", "oxygen cap", 164, 6, "", False), ("OH-7432", "surge arrester", 58, 5, "", False),
    ("OH-5177", "radar arm 0.9 m", 138, 4, "", False), ("OH-3140", "pivot kit", 17, 4, "", False),
    ("OH-0075", "cell kit", 31, 6, "UN3090", False), ("OH-4388", "M22 cap key", 12, 2, "", False),
]
CARRIERS = ["Brandreth Parcels", "Coldharbour Freight", "our van", "collected", "Isles Ferry Parcels"]


def make_customers(rng):
    rows, taken, owners = {}, set(), {}
    free = set(range(1, STATIONS + 1))
    for number, (name, kind, catchment, plan, first, count) in FIXED.items():
        stations = list(range(first, first + count))
        free -= set(stations)
        rows[number] = [name, kind, catchment, plan, stations]
    pool = sorted(free)
    others = [n for n in range(1, CUSTOMERS + 1) if n not in rows]
    telemetry = sorted(rng.sample(others, 150))
    shares = {n: 1 for n in telemetry}
    for _ in range(len(pool) - len(telemetry)):
        shares[rng.choice(telemetry)] += 1
    for number in others:
        while True:
            kind, names, _ = rng.choices(KINDS, [k[2] for k in KINDS])[0]
            name = rng.choice(names).format(rng.choice(PLACES))
            if name not in taken:
                break
        taken.add(name)
        stations = [pool.pop(0) for _ in range(shares.get(number, 0))]
        plan = rng.choices(["Brook", "Beck", "River"], [5, 4, 2])[0] if stations else ""
        rows[number] = [name, kind, rng.choice(CATCHMENTS), plan, stations]
    table = []
    for number in sorted(rows):
        name, kind, catchment, plan, stations = rows[number]
        for station in stations:
            owners[station] = number
        since = date(2011, 5, 2) + timedelta(days=int(rng.triangular(0, 5500, 1200) if number <= 60 else rng.uniform(1500, 5550)))
        if number == 3:
            since = date(2011, 5, 2)  # the first order, see handbook/welcome.md
        table.append([f"C-{number:04}", name, kind, catchment, plan, since.isoformat(), len(stations),
                      rng.choices(["yes", "no"], [86, 14])[0] if stations else "", rng.choice([14, 30, 30, 30, 45]),
                      rng.choices([0, 3, 5, 9, 12, 15], [60, 8, 16, 6, 3, 7])[0]])
    return table, rows, owners


def workday(rng, low=FIRST_DAY, high=LAST_DAY):
    while True:
        day = low + timedelta(days=rng.randrange((high - low).days + 1))
        if day.weekday() < 5:
            return day


def make_shipments(rng, rows):
    orders = []
    weights = [1 + len(rows[n][4]) ** 0.7 for n in sorted(rows)]
    lot_left = 38  # lot CD-2231, see meetings/2026-06-11-calibration-board.md
    while lot_left:
        units = min(lot_left, rng.choice([1, 1, 2, 3, 4]))
        lot_left -= units
        orders.append((workday(rng, date(2025, 12, 1), date(2026, 5, 27)), rng.choices(sorted(rows), weights)[0],
                       PARTS[1], units, "CD-2231"))
    for units, day in ((12, date(2026, 7, 14)), (17, date(2026, 8, 11)), (12, date(2026, 9, 8))):
        orders.append((day, 91, PARTS[4], units, ""))
    while len(orders) < SHIPMENTS:
        part = rng.choices(PARTS, [p[3] for p in PARTS])[0]
        customer = rng.choices(sorted(rows), weights)[0]
        if part[0] == "OH-5120" and customer == 91:
            continue
        units = rng.choices([1, 2, 3, 5, 10], [70, 15, 8, 5, 2])[0] if part[5] else rng.choice([1, 2, 4, 5, 10, 20])
        day = workday(rng)
        if part[0] == "OH-5120" and day < K2_FROM:
            part = ("OH-5020", "Kingfisher K1", 1180, 0, "", True)
        if part[0] == "OH-6244" and day < COMMA_FROM:
            part = ("OH-6240", "straight blade, pack of three", 21, 0, "", False)
        lot = f"CD-{rng.randrange(2190, 2231) if rng.random() < .7 else rng.randrange(2232, 2260)}" if part[0].startswith("OH-4310") else ""
        orders.append((day, customer, part, units, lot))
    orders.sort(key=lambda order: (order[0], order[1], order[2][0]))
    serials, table = {}, []
    for number, (day, customer, part, units, lot) in enumerate(orders, start=1):
        serial = ""
        if part[5]:
            start = serials.get(part[0], 2300 if part[0] == "OH-4310-10" else 600)
            serials[part[0]] = start + units
            serial = f"{part[0][3:]}-{start:05}"
        stations = rows[customer][4]
        station = f"ST-{rng.choice(stations):04}" if stations and rng.random() < 0.8 else ""
        price = part[2] * (0.91 if units >= 50 else 0.95 if units >= 10 else 1)
        table.append([f"SH-{number:05}", day.isoformat(), f"C-{customer:04}", station, part[0], part[1], units, f"{price:.2f}",
                      serial, lot, part[4], rng.choices(CARRIERS, [50, 18, 14, 10, 8])[0], rng.choices([1, 2, 3, 4, 6, 9], [30, 34, 18, 10, 6, 2])[0]])
    return table


def make_tickets(rng, owners):
    days = (LAST_DAY - FIRST_TICKET.date()).days + 1
    opened = sorted(FIRST_TICKET + timedelta(days=rng.randrange(days), hours=min(23, max(0, int(rng.gauss(12, 3.5)))), minutes=rng.randrange(60))
                    for _ in range(TICKETS))
    table, seen = [], set()
    for number, when in enumerate(opened, start=1):
        while True:
            ticket = compose(rng, when.month)
            if ticket["body"] not in seen:
                break
        seen.add(ticket["body"])
        station = rng.choice(sorted(owners))
        answered = int(rng.lognormvariate({"P1": 2.2, "P2": 4.6, "P3": 5.5, "P4": 5.9}[ticket["priority"]], 0.7)) + 1
        hours = rng.lognormvariate({"P1": 1.2, "P2": 3.9, "P3": 4.4, "P4": 4.1}[ticket["priority"]], 0.8)
        closed = when + timedelta(minutes=answered, hours=hours)
        still_open = closed > datetime(2026, 10, 31)
        table.append([f"T-{number:05}", when.isoformat(sep=" "), "" if still_open else closed.replace(second=0, microsecond=0).isoformat(sep=" "),
                      f"C-{owners[station]:04}", f"ST-{station:04}", ticket["product"], ticket["category"], ticket["priority"],
                      rng.choices(["mail", "telephone", "sluice"], [61, 27, 12])[0], answered, ticket["subject"], ticket["body"],
                      "" if still_open else ticket["resolution"]])
    return table


def write(name, header, table):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header.split())
        out.writerows(table)


def main():
    HERE.mkdir(exist_ok=True)
    rng = random.Random(SEED)
    customers, rows, owners = make_customers(rng)
    write("customers.csv", "customer_id name kind catchment plan customer_since stations share_in_emergencies payment_days discount_pct", customers)
    write("shipments.csv", "shipment_id shipped_on customer_id station_id part description quantity unit_price_gbp first_serial lot un_number "
          "carrier days_in_transit", make_shipments(rng, rows))
    write("support_tickets.csv", "ticket_id opened_at closed_at customer_id station_id product category priority channel first_answer_min subject "
          "body resolution", make_tickets(rng, owners))


if __name__ == "__main__":
    main()
