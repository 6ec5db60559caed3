# language: fr
Fonctionnalité: Accueillir une personne

  Scénario: Une structure reçoit quelqu’un qu’une autre accompagne déjà
    Étant donné une personne suivie par la référente
    Et que le partenaire est connecté
    Quand le partenaire ouvre « Ma file active »
    Et le partenaire clique sur « Accueillir une personne »
    Et le partenaire cherche la personne, jour et mois échangés
    Alors le partenaire lit les initiales de la personne
    Et l’adresse de la page du partenaire ne dit rien de la personne
    Quand le partenaire clique sur « Demander à suivre »
    Et le partenaire écrit « Il vient chaque jeudi à notre atelier emploi. » dans « Pourquoi souhaitez-vous suivre cette personne ? »
    Et le partenaire clique sur « Envoyer la demande »
    Alors le partenaire lit « Votre demande est transmise »
    Et le partenaire ne peut pas ouvrir le dossier de la personne
    Étant donné que la référente est connectée
    Quand la référente ouvre « Alertes »
    Et la référente actualise jusqu’à lire « Demande à suivre »
    Et la référente clique sur « Répondre »
    Alors la référente lit « Il vient chaque jeudi à notre atelier emploi. »
    Quand la référente clique sur « Accepter »
    Alors la référente lit « Demande acceptée »
    Quand le partenaire ouvre le dossier de la personne
    Alors le partenaire lit le nom de la personne

  Scénario: Une personne nouvelle est créée une fois
    Étant donné que le partenaire est connecté
    Quand le partenaire ouvre « Ma file active »
    Et le partenaire clique sur « Accueillir une personne »
    Et le partenaire cherche quelqu’un que personne ne connaît
    Alors le partenaire lit « Personne ne correspond »
    Quand le partenaire clique sur « Créer la personne »
    Et le partenaire écrit « Trouver une formation de soudeur. » dans « Sa demande, dans ses mots »
    Et le partenaire valide « Accueillir la personne »
    Alors le partenaire lit « La personne est accueillie »
    Étant donné que la référente est connectée
    Quand la référente ouvre « Ma file active »
    Et la référente clique sur « Accueillir une personne »
    Et la référente cherche la même personne
    Alors la référente lit « Naissance en 2001 »
