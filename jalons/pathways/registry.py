from jalons.access import transitions, undo
from jalons.access.objects import Act, register_act
from jalons.access.table import (
    ABANDON_ACTION,
    ABANDON_OBJECTIVE,
    ABANDON_STEP,
    ADD_ACTION,
    ADD_STEP,
    CHANGE_PHASE,
    END_STEP,
    FINISH_ACTION,
    PLAN_STEP,
    REACH_OBJECTIVE,
    SET_OBJECTIVE,
    START_STEP,
    TELL_BLOCKER,
)
from jalons.attention import rules as attention
from jalons.people import individual_contacts, personal_data
from jalons.territories.settings import declare

from . import kinds
from .attention import RULES
from .changes import taken_back
from .objectives.actions.holding import hold_action, hold_objective
from .own_data import CONTACTS, OWN_DATA
from .rules import ACTION, OBJECTIVE
from .settings import SETTINGS
from .steps.actions.holding import hold_step
from .steps.rules import STEP
from .tab.change_phase import hold_pathway

__all__ = ["kinds"]

for name, label in [
    (CHANGE_PHASE, "Changer la phase d’un parcours"),
    (SET_OBJECTIVE, "Fixer un objectif"),
    (REACH_OBJECTIVE, "Dire un objectif atteint"),
    (ABANDON_OBJECTIVE, "Abandonner un objectif"),
    (ADD_ACTION, "Ajouter une action"),
    (FINISH_ACTION, "Dire une action faite"),
    (ABANDON_ACTION, "Abandonner une action"),
    (ADD_STEP, "Ajouter une étape"),
    (PLAN_STEP, "Prévoir une étape"),
    (START_STEP, "Commencer une étape"),
    (END_STEP, "Terminer une étape"),
    (ABANDON_STEP, "Abandonner une étape"),
    (TELL_BLOCKER, "Dire ce qui bloque une étape"),
]:
    register_act(Act(name, label, "person"))
for workflow in (OBJECTIVE, ACTION, STEP):
    transitions.register(workflow)

for kind, hold, act, undone in [
    ("phase_changed", hold_pathway, CHANGE_PHASE, "phase_change_undone"),
    ("objective_reached", hold_objective, REACH_OBJECTIVE, "objective_reopened"),
    ("objective_abandoned", hold_objective, ABANDON_OBJECTIVE, "objective_reopened"),
    ("action_done", hold_action, FINISH_ACTION, "action_reopened"),
    ("action_abandoned", hold_action, ABANDON_ACTION, "action_reopened"),
    ("step_planned", hold_step, PLAN_STEP, "step_restored"),
    ("step_started", hold_step, START_STEP, "step_restored"),
    ("step_ended", hold_step, END_STEP, "step_restored"),
    ("step_abandoned", hold_step, ABANDON_STEP, "step_restored"),
    ("step_blocked", hold_step, TELL_BLOCKER, "step_restored"),
]:
    undo.register(f"pathways.{kind}", taken_back(hold, act, f"pathways.{undone}"))

for data in OWN_DATA:
    personal_data.register(data)
individual_contacts.register(CONTACTS)
for setting in SETTINGS:
    declare(setting)
for rule in RULES:
    attention.register(rule)
