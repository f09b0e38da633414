"""The demo town's three branches: hours (one day with a break at noon), closures, spaces and whom they serve."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from rapport.places.models import Branch, Closure

Said = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """One branch as it opens its doors: `week` maps a weekday (Monday is 0) to its openings."""

    name: Said
    address: str
    phone: str
    about: Said
    serves: Said
    access: Said
    week: dict[int, tuple[tuple[int, int], ...]]
    at: tuple[float, float]
    spaces: dict[str, Said] = field(default_factory=dict)


def _say(en: str, es: str, ar: str) -> Said:
    return {"en": en, "es": es, "ar": ar}


PLANS: dict[str, Plan] = {
    "riverside": Plan(
        name=_say("Riverside Library", "Biblioteca Riverside", "مكتبة ريفرسايد"),
        at=(41.8862, -87.6405),
        address="1 River Street",
        phone="555 0100",
        about=_say(
            "The main library, by the old bridge",
            "La biblioteca central, junto al puente viejo",
            "المكتبة الرئيسية بجانب الجسر القديم",
        ),
        serves=_say(
            "Old Town, Riverside and the harbour",
            "El casco antiguo, Riverside y el puerto",
            "البلدة القديمة وريفرسايد والميناء",
        ),
        access=_say(
            "Step-free entrance, lift to all floors, hearing loop at the desk",
            "Entrada sin escalones, ascensor a todas las plantas, bucle magnético en el mostrador",
            "مدخل بلا درج، ومصعد إلى جميع الطوابق، وحلقة سمعية عند المكتب",
        ),
        week={
            0: ((9, 18),),
            1: ((9, 18),),
            2: ((9, 18),),
            3: ((9, 20),),
            4: ((9, 18),),
            5: ((10, 16),),
        },
        spaces={
            "children": _say("Children's corner", "Rincón infantil", "ركن الأطفال"),
            "garden": _say("Reading garden", "Jardín de lectura", "حديقة القراءة"),
            "quiet-room": _say("Quiet room", "Sala de silencio", "غرفة الهدوء"),
            "workshop": _say("Workshop", "Taller", "الورشة"),
        },
    ),
    "hillcrest": Plan(
        name=_say("Hillcrest Library", "Biblioteca Hillcrest", "مكتبة هيلكرست"),
        at=(41.899, -87.6702),
        address="48 Chapel Hill",
        phone="555 0120",
        about=_say(
            "A small branch above the school",
            "Una pequeña sucursal encima de la escuela",
            "فرع صغير فوق المدرسة",
        ),
        serves=_say(
            "Hillcrest, Chapel Hill and the farms beyond",
            "Hillcrest, Chapel Hill y las granjas cercanas",
            "هيلكرست وتشابل هيل والمزارع المجاورة",
        ),
        access=_say(
            "Ramp at the side door, two parking places for disabled drivers",
            "Rampa en la puerta lateral, dos plazas para personas con discapacidad",
            "منحدر عند الباب الجانبي، وموقفان لسيارات ذوي الإعاقة",
        ),
        week={
            1: ((10, 13), (14, 18)),
            2: ((10, 13), (14, 18)),
            3: ((13, 19),),
            4: ((10, 13), (14, 18)),
            5: ((10, 14),),
        },
        spaces={
            "study": _say("Study tables", "Mesas de estudio", "طاولات الدراسة"),
            "children": _say("Children's room", "Sala infantil", "غرفة الأطفال"),
        },
    ),
    "mill-street": Plan(
        name=_say("Mill Street Library", "Biblioteca de la calle Mill", "مكتبة شارع الطاحونة"),
        at=(41.8671, -87.6158),
        address="7 Mill Street",
        phone="555 0140",
        about=_say(
            "In the old weaving mill, next to the market",
            "En la antigua fábrica textil, junto al mercado",
            "في مصنع النسيج القديم بجانب السوق",
        ),
        serves=_say(
            "Mill Street, Market Square and the new flats",
            "La calle Mill, la plaza del Mercado y los pisos nuevos",
            "شارع الطاحونة وساحة السوق والشقق الجديدة",
        ),
        access=_say(
            "Step-free entrance, accessible toilet, quiet hour on Tuesday morning",
            "Entrada sin escalones, aseo accesible, hora tranquila el martes por la mañana",
            "مدخل بلا درج، ودورة مياه مهيأة، وساعة هادئة صباح الثلاثاء",
        ),
        week={
            0: ((12, 19),),
            1: ((9, 17),),
            2: ((12, 19),),
            3: ((9, 17),),
            4: ((9, 17),),
            5: ((10, 15),),
            6: ((13, 16),),
        },
        spaces={
            "makers": _say("Makers' table", "Mesa de creación", "طاولة الصنّاع"),
            "meeting-room": _say("Meeting room", "Sala de reuniones", "غرفة الاجتماعات"),
            "newspapers": _say("Newspaper corner", "Rincón de prensa", "ركن الصحف"),
        },
    ),
}


@transaction.atomic
def fill() -> list[Branch]:
    """Open the doors of the town's three branches; those that stand already stay as they are."""
    branches = [_open(slug, plan, order) for order, (slug, plan) in enumerate(PLANS.items(), start=1)]
    if not Closure.objects.exists():
        _close_for_holidays(timezone.localdate().year)
        _close_for_the_count(branches[1])
    return branches


def _open(slug: str, plan: Plan, order: int) -> Branch:
    branch, is_new = Branch.objects.get_or_create(
        slug=slug,
        defaults={
            "name": plan.name,
            "address": plan.address,
            "phone": plan.phone,
            "email": f"{slug}@example.org",
            "about": plan.about,
            "service_area": plan.serves,
            "access": plan.access,
            "latitude": plan.at[0],
            "longitude": plan.at[1],
            "order": order,
        },
    )
    if is_new:
        _set_hours(branch, plan)
        _furnish(branch, plan)
    return branch


def _set_hours(branch: Branch, plan: Plan) -> None:
    for weekday, openings in plan.week.items():
        for opens, closes in openings:
            branch.hours.create(weekday=weekday, opens=time(opens), closes=time(closes))


def _furnish(branch: Branch, plan: Plan) -> None:
    for order, (slug, name) in enumerate(plan.spaces.items(), start=1):
        branch.spaces.create(slug=slug, name=name, order=order)


def _close_for_holidays(year: int) -> None:
    why = _say("Winter holidays", "Vacaciones de invierno", "عطلة الشتاء")
    for start in (year - 1, year):
        Closure.objects.create(first=date(start, 12, 24), last=date(start, 12, 26), why=why)
        new_year = _say("New Year's Day", "Año Nuevo", "رأس السنة")
        Closure.objects.create(first=date(start + 1, 1, 1), last=date(start + 1, 1, 1), why=new_year)


def _close_for_the_count(branch: Branch) -> None:
    first = timezone.localdate() + timedelta(days=20)
    why = _say("We count our books", "Hacemos inventario de los libros", "نقوم بجرد الكتب")
    branch.closures.create(first=first, last=first + timedelta(days=1), why=why)
