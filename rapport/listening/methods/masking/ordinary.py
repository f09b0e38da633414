"""Words that are written with a capital where a name could stand, and are nobody's name."""

_ORDINARY = """
    Somebody Someone Nobody Everybody Everyone Anybody Anyone Nothing Something Everything Staff People Police
    Parents Children Kids Books Parking Management Security Reception Mother Father Mum Mom Dad Grandma Grandpa
    Teachers Students God Lord Jesus Santa Heaven Google Amazon Facebook Microsoft Apple Zoom Wikipedia Netflix
    Spotify Instagram WhatsApp Thanks Thank Sorry Hello Hi Hey Dear Yes No Not Never Always Just Only Also Then
    Than Well Still What Who Where Which Some Many Most All Each Every One Two Three Nice Great Good Best More
    Less Everybody's His Her Their These Those Christmas Easter Ramadan Eid Hanukkah Thanksgiving Halloween
    Spring Summer Autumn Winter Reading Tomorrow Today Yesterday Mondays Tuesdays Wednesdays Thursdays Fridays
    Saturdays Sundays Muslim Christian Catholic Jewish Black White American African Asian Canadian Australian
    Indian Mexican Italian Russian Ukrainian Syrian Autistic Hispanic Latino Latina Greek Dutch Czech Thai
    Kurdish Deaf Blind English Welsh Irish Scottish Alguien Nadie Ella Ellos Ellas Nosotros Ustedes Usted Todos
    Todas Personal Gente Lectura Eso Esto Esa Ese Señores Señoras Algunos Algunas Muchos Muchas Otros Otras
    Quien Dios Navidad Biblioteca Internet Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre
    Noviembre Diciembre España México Perú Colombia Chile Argentina Leer Gracias Nada Jemand Niemand Man Alle
    Keiner Einer Eine Wer Was Dies Dieses Dieser Lesen Bücher Ihr Ihre Ihnen Mein Meine Unser Unsere Leider
    Danke Bitte Gott Vorlesen Weihnachten Ostern Mitarbeiter Mitarbeiterinnen Kollegen Leute Eltern Seit Vor
    Nach Im Am Bei Mit Ohne Durch Über Unter However Although Patient Hearing Windows Word Excel PowerPoint
    Outlook Android iPad iPhone Kindle Libby Hoopla Kanopy Xbox PlayStation Nintendo Minecraft Lego Spanish
    Arabic French German Polish Chinese Somali Portuguese Wheelchair Wheelchairs Autism Alzheimer Alzheimer's
    Covid COVID Braille Bluetooth WiFi Python Java Chrome Firefox Gmail Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday Guest Physio Podiatrist Paramedic Physiotherapist Bereavement Parkinson Parkinson's Down
    Inglés Español Francés Bücherei Bibliothek Service Essen Musik Lärm Licht Kaffee Parken Beratung Auswahl
    Stimmung Nichts Alles Etwas Ehrenamtliche Ehrenamtlichen Team Niemanden Euch Dich Mich Deutschland Berlin
    Hamburg Damen Herren Support Ward Services Information Food Coffee Tea Room Rooms Toilet Toilets Heating
    Noise Care Treatment Doctor Doctors Nurse Nurses Website Access Help Advice Family Library Printer Selection
    Choice Story Stories Event Events Music Atmosphere Space Place Time Day Week Year Visit Storytime Wifi Wi-Fi
    Computer Computers Class Classes Receptionist Lady Gentleman Lift Door Quality Communication Appointment
    Waiting Weather Traffic Being Having Getting Going Coming Seeing Working Lovely Friendly Helpful Kind Very
    Really Excellent Please Questions Exercises Librarian Librarians Volunteers Tutor Tutors Homework Chess Yoga
    Bingo Bus Train Light Lighting Temperature Air Servicio Atención Información Comida Café Sala Ruido Ayuda
    Trato Horario Ambiente Acceso Luz Calefacción Ordenador Clase Taller Música Espacio Silencio Limpieza
    Bibliotecaria Bibliotecario Vecinos Vecinas Familia Familias
    """
ORDINARY = frozenset(_ORDINARY.split())
