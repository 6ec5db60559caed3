# language: fr
Fonctionnalité: Orienter les personnes accueillies, et passer le relais

  Scénario: Trente entrées réparties, une qui a changé entre-temps, puis tout annulé
    Étant donné trente personnes accueillies ce matin
    Et que la chargée d’orientation navigue sans scripts
    Et que la chargée d’orientation est connectée
    Quand la chargée d’orientation coche les trente entrées
    Et la chargée d’orientation valide « Répartir »
    Alors la chargée d’orientation lit « 30 entrées choisies »
    Quand la chargée d’orientation répartit entre deux structures et leurs référents
    Alors la chargée d’orientation lit « Rien n’est encore décidé »
    Quand une des entrées est close entre-temps
    Et la chargée d’orientation valide « Confirmer »
    Alors la chargée d’orientation lit « 29 entrées attribuées »
    Et la chargée d’orientation lit « 1 entrée n’attend plus »
    Et 29 des personnes accueillies ont un référent
    Quand la chargée d’orientation valide « Annuler »
    Alors la chargée d’orientation lit « C’est annulé »
    Et 0 des personnes accueillies ont un référent

  Scénario: Une référente s’en va
    Étant donné une personne suivie par la référente
    Et que la référente est connectée
    Quand la référente ouvre le dossier de la personne
    Et la référente clique sur « Passer le relais »
    Et la référente choisit un professionnel habilité d’une autre structure
    Et la référente valide « Passer le relais »
    Alors la référente lit « Relais passé »
    Et la référente lit le nom de la personne
    Quand la référente clique sur « Annuler »
    Alors la référente lit « C’est annulé »
