from django.urls.resolvers import URLPattern

app_name = "surveys"

# Answering: the public face
ANSWERING: list[URLPattern] = []

# Writing: the desk's questionnaires
WRITING: list[URLPattern] = []

# Fieldwork: links, invitations, paper
FIELDWORK: list[URLPattern] = []

# Files: forms and answers from elsewhere
FILES: list[URLPattern] = []

urlpatterns = [*ANSWERING, *WRITING, *FIELDWORK, *FILES]
