from django.dispatch import Signal

voice_heard = Signal()  # sent with voice=Voice, after it is saved (not for voices brought in from a file)
voices_brought_in = Signal()  # sent once after an import that brought any in
voice_answered = Signal()  # sent with answer=Answer, after it is saved
