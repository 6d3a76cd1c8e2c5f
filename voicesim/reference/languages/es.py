"""Spanish."""

from voicesim.reference.languages import errands
from voicesim.reference.languages.base import Language, Texts, figures
from voicesim.reference.states import State

_YES_OR_NO = "Por favor, diga sí o no."
_TEXTS = Texts(
    greeting="Hola y gracias por llamar. Puedo reservarle una cita, o cambiar la que ya tiene.",
    not_understood="Perdone, no le he entendido.",
    gladly="Con mucho gusto.",
    not_heard_well="Perdone, no le he oído bien.",
    silence="No he oído nada.",
    welcome_back="Gracias. Vamos a reservar una cita nueva.",
    to_move="Por supuesto, puedo cambiar su cita.",
    not_found="Lo siento, no he encontrado ninguna cita a su nombre.",
    gives_up="Lo siento, esta vez no he podido ayudarle. Le devolveremos la llamada. Adiós.",
    nobody_there=(
        "No he oído nada, así que voy a colgar. Por favor, vuelva a llamar más tarde. Adiós."
    ),
    declined="De acuerdo, no he reservado nada. Gracias por llamar. Adiós.",
    over="Gracias por llamar. Adiós.",
    trouble=(
        "Lo siento, ha habido un error por nuestra parte. "
        "Por favor, vuelva a llamar más tarde. Adiós."
    ),
    thanks="Gracias.",
    thanks_name="Gracias, {name}.",
    all_right="Muy bien.",
    found="{name}, he encontrado su cita del {day}, a {time}.",
    read_back=(
        "{lead} {name}, con el número {phone}, {link} {day}, a {time}. "
        f"¿Es correcto? {_YES_OR_NO}{{keys}}"
    ),
    lead="Se lo repito todo.",
    lead_again="Una vez más.",
    on="el",
    moved_to="cambiada al",
    keys=" También puede pulsar 1 para sí o 2 para no.",
    confirmed="Gracias, {name}. Su cita queda confirmada para el {day}, a {time}. Adiós.",
    moved="Gracias, {name}. Su cita ha sido cambiada al {day}, a {time}. Adiós.",
    plus="más",
)
_ASKS: dict[State, tuple[str, ...]] = {
    State.GOAL: (
        "¿En qué puedo ayudarle?",
        "Puede decir: reservar una cita, o: cambiar mi cita. ¿En qué puedo ayudarle?",
    ),
    State.NAME: (
        "¿Cuál es su nombre, por favor?",
        "Por favor, dígame su nombre y apellido.",
        "Necesito su nombre para la cita. También puede deletrearlo.",
    ),
    State.PHONE: (
        "¿Cuál es su número de teléfono?",
        "Por favor, dígame su número de teléfono, cifra por cifra, o use el teclado.",
        "Necesito un número de teléfono. Dígalo despacio, o márquelo y pulse almohadilla.",
    ),
    State.DAY: (
        "¿Qué día desea venir?",
        "Por favor, dígame qué día le conviene. Por ejemplo, el martes, o el 3 de marzo.",
        "¿Qué día le conviene? Puede decir un día de la semana, mañana, o una fecha.",
    ),
    State.TIME: (
        "¿A qué hora desea venir?",
        "Por favor, dígame qué hora le conviene. Por ejemplo, las 10:30 de la mañana.",
        "¿Qué hora le conviene? Puede decir, por ejemplo, las 2:30 de la tarde.",
    ),
    State.CHANGE: (
        "¿Qué debo cambiar: el nombre, el número de teléfono, el día o la hora?",
        "Dígame qué está mal: ¿el nombre, el número de teléfono, el día o la hora?",
    ),
    State.OFFER: (
        f"¿Desea reservar una cita nueva? {_YES_OR_NO}",
        f"¿Le reservo una cita nueva? {_YES_OR_NO} También puede pulsar 1 o 2.",
    ),
}
_ASKS_TO_MOVE: dict[State, tuple[str, ...]] = {
    State.NAME: (
        "Para encontrar su cita: ¿cuál es su nombre, por favor?",
        "Por favor, dígame su nombre, tal como lo dio para la cita.",
    ),
    State.PHONE: (
        "Para encontrar su cita: ¿cuál es su número de teléfono?",
        "Por favor, dígame el número de teléfono que dio para la cita.",
    ),
    State.DAY: (
        "¿Qué día desea ahora?",
        "Por favor, dígame qué día le conviene ahora. Por ejemplo, el martes, o el 3 de marzo.",
    ),
    State.TIME: (
        "¿Qué hora desea ahora?",
        "Por favor, dígame qué hora le conviene ahora. Por ejemplo, las 3 de la tarde.",
    ),
}
_NUMBERS = figures(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve treinta"
)
_GLOSSARY = """
sí = yes
si = yes
no = no
hola = hello
buenos días = good morning
buenas tardes = good afternoon
gracias = thank you
muchas gracias = thank you very much
adiós = goodbye
hasta luego = goodbye
por favor = please
eh = um
este = um
pues = well
bueno = well
perdón = pardon
perdone = sorry
disculpe = sorry
lo siento = sorry
de acuerdo = okay
vale = okay
claro = of course
por supuesto = of course
exacto = exactly
perfecto = perfect
correcto = correct
eso es = that is right
está bien = that is right
así es = that is right
es correcto = that is correct
todo es correcto = all is correct
todo está correcto = all is correct
no está = is not
no es = is not
nada = nothing
mal = wrong
no sé = i don't know
repetir = repeat
repita = repeat
puede = can you
podría = could you
eso = that
me llamo = my name is
mi nombre es = my name is
soy = i am
es = it is
habla = this is
el nombre = the name
nombre = name
apellido = surname
mi número de teléfono es = my phone number is
mi teléfono es = my phone number is
mi número es = my phone number is
número de teléfono = phone number
número = number
teléfono = phone
el día = the day
día = day
fecha = date
la hora = the time
hora = time
cambiar = change
quisiera = i would like to
querría = i would like to
me gustaría = i would like to
quiero = i want to
deseo = i want to
necesito = i need to
tengo que = i need to
venir = come
reservar una cita = book an appointment
pedir una cita = book an appointment
hacer una cita = book an appointment
reservar = book
una cita = an appointment
mi cita = my appointment
cita = appointment
mover = move
aplazar = postpone
reprogramar = reschedule
y = and
o = or
a las = at
a la = at
al = to
para = for
un = a
una = a
mi = my
me = me
en = in
que = that
todo = all
muy = very
hoy = today
pasado mañana = day after tomorrow
mañana = tomorrow
cancelar = cancel
lunes = Monday
martes = Tuesday
miércoles = Wednesday
jueves = Thursday
viernes = Friday
sábado = Saturday
domingo = Sunday
enero = January
febrero = February
marzo = March
abril = April
mayo = May
junio = June
julio = July
agosto = August
septiembre = September
octubre = October
noviembre = November
diciembre = December
mediodía = noon
doble = double
triple = triple
más = plus
podría repetir = can you repeat
gustaría = would like
llamo = name is
tengo = have
aquí = here
sería = would be
amable = good
lo = it
le = you
usted = you
puedo = can
se = it
entonces = so
esto = this
otra = another
vez = time
sea = be
posible = possible
"""
SPANISH = Language(
    code="es",
    tag="es-ES",
    texts=_TEXTS,
    asks=_ASKS,
    asks_to_move=_ASKS_TO_MOVE,
    errands=errands.SPANISH,
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
        *("septiembre", "octubre", "noviembre", "diciembre"),
    ),
    day="{weekday} {nth} de {month}",
    nth={},
    nth_else="{n}",
    time="las {hour12}{minutes} {half}",
    time_one="la {hour12}{minutes} {half}",
    minutes=":{minute}",
    halves=("de la mañana", "de la tarde", "de la noche"),
    before=(
        (r"[¿¡]", ""),
        (r"\b(?:de|por|en) la mañana\b|(?<=\d )\w{1,3} la mañana\b", "am"),
        (r"\b(?:de|por|en) la (?:tarde|noche)\b|\bdel mediodía\b", "pm"),
        (r"\ba la una\b|\bla una(?= (?:am|pm)\b)", "at 1"),
    ),
    numbers=_NUMBERS,
    glossary=_GLOSSARY,
    after=(
        (r"\blas? (?=\d{1,2}(?::\d\d)? (?:am|pm)\b)", "at "),
        (r"\b(\d{1,2}) de (?=[A-Z])", r"\1 of "),
        (r"\b(\d{1,2}) and (?:media|30)\b", r"\1:30"),
        (r"\b(\d{1,2}) and (?:cuarto|15)\b", r"\1:15"),
        (r"\b(\d{1,2}) horas?\b", r"\1:00"),
    ),
)
