# language: fr
Fonctionnalité: S’opposer à ce qu’une structure lise son dossier

  Scénario: La personne s’oppose à une structure, puis change d’avis
    Étant donné une personne suivie par la référente
    Et que le partenaire accompagne aussi la personne
    Et que la référente est connectée
    Et que le partenaire est connecté
    Quand le partenaire ouvre le dossier de la personne
    Alors le partenaire lit le nom de la personne
    Quand la référente ouvre le dossier de la personne
    Et la référente clique sur « Accords »
    Et la référente clique sur « Noter une opposition »
    Et la référente choisit la structure du partenaire
    Et la référente valide « Continuer »
    Alors la référente lit « ne verra plus le dossier »
    Quand la référente valide « Confirmer l’opposition »
    Alors la référente lit « L’opposition est enregistrée »
    Et le partenaire ne peut plus ouvrir le dossier de la personne
    Quand la référente clique sur « Lever »
    Et la référente confirme « Lever l’opposition »
    Alors la référente lit « L’opposition est levée »
    Quand le partenaire ouvre le dossier de la personne
    Alors le partenaire lit le nom de la personne
