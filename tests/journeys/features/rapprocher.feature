# language: fr
Fonctionnalité: Rapprocher les dossiers d’une même personne, garder à part ceux de deux

  Scénario: Un homonyme est examiné et gardé à part
    Étant donné deux dossiers qui se ressemblent
    Et que la coordinatrice est connectée
    Quand la coordinatrice examine les dossiers à rapprocher
    Alors la coordinatrice lit « Même nom, même date de naissance »
    Et la coordinatrice lit « Différent »
    Quand la coordinatrice appuie sur « d »
    Alors la coordinatrice lit « Ce sont deux personnes »
    Et les deux histoires sont entières

  Scénario: Une mauvaise fusion est défaite et les deux histoires sont entières
    Étant donné deux dossiers qui se ressemblent
    Et que la coordinatrice navigue sans scripts
    Et que la coordinatrice est connectée
    Quand la coordinatrice examine les dossiers à rapprocher
    Et la coordinatrice clique sur « Réunir »
    Et la coordinatrice valide « Réunir les dossiers »
    Alors la coordinatrice lit « Les deux dossiers se réunissent »
    Et les deux dossiers n’en font bientôt qu’un
    Quand la coordinatrice clique sur « Voir la réunion »
    Et la coordinatrice valide « Défaire la réunion »
    Alors la coordinatrice lit « La réunion se défait »
    Et les deux histoires sont entières
