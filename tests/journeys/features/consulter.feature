# language: fr
Fonctionnalité: Savoir qui a consulté son dossier

  Scénario: La personne demande qui a consulté son dossier
    Étant donné une personne suivie par la référente
    Et que la référente est connectée
    Et une structure sensible qui a ouvert le dossier de la personne
    Quand la référente ouvre le dossier de la personne
    Et la référente clique sur « Ouvrir ses droits »
    Et la référente clique sur « Voir les consultations »
    Alors la référente lit « CHRS Les Glycines »
    Quand la référente exporte la liste en PDF
    Alors chaque fichier dit « Une structure du consortium »
    Et chaque fichier dit « Page du dossier »
    Et aucun fichier ne dit « CHRS Les Glycines »
