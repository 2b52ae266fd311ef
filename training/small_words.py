"""Words for the text that the small generator is trained on."""

MACHINES = "pump compressor turbine boiler conveyor crane lathe mixer generator furnace press drill chiller separator winch loader sorter".split()
MEASURES = [("oil pressure", "bar"), ("water pressure", "bar"), ("operating temperature", "degrees"), ("weight", "kilograms"), ("length", "metres"),
            ("top speed", "revolutions per minute"), ("power", "kilowatts"), ("fuel consumption", "litres per hour"), ("voltage", "volts"),
            ("service interval", "hours"), ("noise level", "decibels"), ("height", "metres"), ("capacity", "litres")]
CAUSES = ["the filter is blocked", "the door is open", "the battery is empty", "the sensor is dirty", "the belt is worn", "the oil level is low",
          "the valve does not close", "the motor is too hot", "the network is down", "the tank is full", "the fuse has blown", "the lamp is broken",
          "the cable is loose", "the water is too cold", "the brake is engaged", "the key is missing", "the fan has stopped", "the lid is not locked"]
TEAMS = "sales support design finance research safety garden kitchen archive transport training printing music travel energy water".split()
ROLES = ["the director", "the head of finance", "two managers", "the treasurer", "the board", "the team leader", "the owner", "the auditor"]
ACTIONS = ["must be signed by", "are approved by", "are checked by", "need the consent of"]
DEEDS = ["Purchases", "Invoices", "Contracts", "Payments", "Loans", "Orders"]
PLACES = "library museum bakery station market pool theatre school pharmacy harbour workshop garden castle office gallery clinic".split()
MEETINGS = ["team meeting", "safety meeting", "book club", "board meeting", "budget review", "first aid course", "language course", "choir",
            "chess evening", "planning round", "yoga class", "code review"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ROOMS = ["the blue room", "room 12", "room 204", "the large hall", "the cellar", "the canteen", "room 7", "the old library", "the garden house",
         "room 31", "the north wing", "the attic"]
CITIES = "Rome Paris Lisbon Vienna Oslo Prague Athens Dublin Cairo Lima Quito Kyoto Hanoi Delhi Boston Bern Riga Turin Porto Ghent".split()
NAMES = ("Anna Ben Clara David Emma Felix Greta Hugo Ida Jonas Karla Leo Mia Nils Olga Paul Rosa Simon Tara Victor Wanda Yusuf Zoe Amir Bianca "
         "Chen Dora Elif Farid Gina Henrik Ines").split()
ITEMS = ("lamp chair table bicycle kettle camera ladder blanket umbrella clock mirror guitar backpack helmet teapot notebook radio shovel carpet "
         "printer").split()
ANIMALS = "fox bear owl hare wolf mouse cat dog horse goat frog duck goose hedgehog squirrel beaver otter raven turtle donkey".split()
COLOURS = "red blue green yellow white black brown grey orange violet".split()
TREES = "oak birch willow pine maple beech cherry chestnut".split()
WEATHER = ["sunny", "rainy", "cloudy", "windy", "foggy", "snowy"]
LISTS = {
    "rivers": "the Nile the Rhine the Danube the Amazon the Ganges the Thames".split(" the "),
    "colours": COLOURS,
    "animals": ANIMALS,
    "trees": TREES,
    "cities": CITIES,
    "days": DAYS,
    "planets": "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split(),
    "fruits": "apple pear plum cherry grape peach fig lemon".split(),
    "metals": "iron copper gold silver tin zinc".split(),
}
LISTS["rivers"] = "Nile Rhine Danube Amazon Ganges Thames Volga Seine".split()
HEADINGS = ["Overview", "Maintenance", "Safety", "Prices", "People", "History", "Opening hours", "Errors", "Meetings", "Technical data", "Notes", "Rules",
            "Contacts", "Equipment", "Projects", "Travel"]
FILES = ("notes manual handbook readme report minutes policy guide plan list faq contacts prices errors team rules").split()
FOLDERS = ["docs", "office", "letters", "shared", "papers", "projects", "data", "notes", "archive", "drafts", "Documents", "wiki"]
FILLERS = ["This page is kept by the office.", "More can be found in the next chapter.", "Please tell us about mistakes.", "The text was written in spring.",
           "Everybody should read this once a year.", "Older versions are in the archive.", "Nothing else has changed.", "See the plan for details.",
           "It is checked twice a year.", "Questions are welcome.", "The rest is described elsewhere.", "This part is still valid."]
SYLLABLES = "ba be bo da de do fa fe ga go ha he ka ke ko la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se si so ta te ti to va ve vi vo za zo".split()
ENDINGS = ["n", "r", "l", "s", "t", "rk", "nd", "m", "x", ""]
