# language: fr
Fonctionnalité: Accompagner une personne

  Scénario: De la file active à une information restreinte
    Étant donné une personne suivie par la référente, avec une information restreinte
    Et que la référente est connectée
    Quand la référente ouvre « Ma file active »
    Et la référente choisit le filtre « Dont je suis référent·e »
    Et la référente ouvre le dossier de la personne dans la liste
    Alors la référente lit le nom de la personne
    Et la référente ne lit pas l’information restreinte de la personne
    Quand la référente clique sur « Pourquoi je vois ceci ? »
    Alors la référente lit « Vous voyez ce dossier parce que vous accompagnez cette personne »
    Quand la référente ferme ce qui est ouvert
    Et la référente clique sur « Afficher »
    Alors la référente lit l’information restreinte de la personne

  Scénario: Mettre fin à son suivi, puis se raviser
    Étant donné une personne suivie par la référente
    Et que la référente est connectée
    Quand la référente ouvre le dossier de la personne
    Et la référente clique sur « Mettre fin à mon suivi »
    Et la référente choisit « Déménagement » dans « Motif de fin »
    Et la référente valide « Mettre fin »
    Alors la référente lit « Suivi terminé »
    Et la personne n’est plus dans la file active de la référente
    Et la référente ne peut plus ouvrir le dossier de la personne
    Quand la référente clique sur « Annuler »
    Alors la référente lit « C’est annulé »
    Et la personne est de nouveau dans la file active de la référente

  Scénario: Sans scripts, tout se fait aussi
    Étant donné une personne suivie par la référente, avec une information restreinte
    Et que la référente navigue sans scripts
    Et que la référente est connectée
    Quand la référente ouvre « Ma file active »
    Et la référente choisit le filtre « Dont je suis référent·e »
    Et la référente ouvre le dossier de la personne dans la liste
    Et la référente clique sur « Afficher »
    Alors la référente lit l’information restreinte de la personne
    Quand la référente clique sur « Mettre fin à mon suivi »
    Et la référente choisit « Déménagement » dans « Motif de fin »
    Et la référente valide « Mettre fin »
    Alors la référente lit « Suivi terminé »
    Quand la référente clique sur « Annuler »
    Alors la référente lit « C’est annulé »

  Scénario: Chercher une structure sans quitter le clavier
    Étant donné que la référente est connectée
    Quand la référente ouvre « Ma file active »
    Et la référente appuie sur « / »
    Alors la référente écrit dans « Rechercher une structure ou une offre »
    Quand la référente tape « mission locale » puis valide
    Alors la référente lit « Mission locale Espace Jeunes »
