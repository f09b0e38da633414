from django.urls import path

from rapport.deciding.desk import budgets as desk
from rapport.deciding.desk import projects as desk_projects
from rapport.deciding.views import budgets as views
from rapport.deciding.views import projects

BUDGETS = [
    path("budgets/rules/", views.rules, name="budget-rules"),
    path("budgets/examples/<int:pk>/", views.example, name="budget-example"),
    path("budgets/examples/<int:pk>/file/", views.example_file, name="budget-example-file"),
    path("budgets/<int:pk>/my-vote/", views.my_vote, name="my-vote"),
    path("budgets/<int:pk>/projects/", projects.projects, name="projects"),
    path("options/<int:pk>/picture/", projects.option_picture, name="option-picture"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/<int:pk>/notes/", projects.notes, name="project-notes"),
    path("projects/<int:pk>/picture/", projects.picture, name="project-picture"),
    path("desk/budgets/<int:pk>/", desk.budget, name="desk-budget"),
    path("desk/budgets/<int:pk>/rules/", desk.rules, name="desk-budget-rules"),
    path("desk/budgets/<int:pk>/criteria/", desk.criteria, name="desk-criteria"),
    path("desk/budgets/<int:pk>/overrides/", desk.overrides, name="desk-overrides"),
    path("desk/budgets/<int:pk>/promises/", desk.promises, name="desk-budget-promises"),
    path("desk/budgets/<int:pk>/projects/", desk_projects.projects, name="desk-projects"),
    path("desk/budgets/<int:pk>/projects/new/", desk_projects.new, name="desk-project-new"),
    path("desk/projects/<int:pk>/", desk_projects.project, name="desk-project"),
    path("desk/projects/<int:pk>/estimates/", desk_projects.estimates, name="desk-estimates"),
    path("desk/projects/<int:pk>/checks/", desk_projects.checks, name="desk-checks"),
    path("desk/projects/<int:pk>/refusal/", desk_projects.refusal, name="desk-refusal"),
    path("desk/projects/<int:pk>/ballot/", desk_projects.ballot, name="desk-project-ballot"),
    path("desk/projects/<int:pk>/notes/", desk_projects.notes, name="desk-project-notes"),
    path("desk/budget-examples/", desk.examples, name="desk-budget-examples"),
    path("desk/budget-examples/<int:pk>/removal/", desk.example_removal, name="desk-budget-example-removal"),
]
