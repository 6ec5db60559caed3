# language: fr
Fonctionnalité: Accueillir une personne

  Scénario: Une mission locale reçoit un jeune que le CCAS accompagne déjà
    Étant donné un jeune dont le référent est au CCAS
    Et que la conseillère travaille à la mission locale
    Quand la conseillère ouvre « Ma file active »
    Et la conseillère clique sur « Accueillir une personne »
    Et la conseillère cherche la personne, jour et mois échangés
    Alors la conseillère lit les initiales de la personne
    Et l’adresse de la page où est la conseillère ne dit rien de la personne
    Quand la conseillère clique sur « Demander à suivre »
    Et la conseillère écrit « Il prépare avec nous son entrée en apprentissage. » dans « Pourquoi souhaitez-vous suivre cette personne ? »
    Et la conseillère clique sur « Envoyer la demande »
    Alors la conseillère lit « Votre demande est transmise »
    Et la conseillère ne peut pas ouvrir le dossier de la personne
    Étant donné que le référent est connecté
    Quand le référent ouvre « Alertes »
    Et le référent actualise jusqu’à lire « Demande à suivre »
    Et le référent clique sur « Répondre »
    Alors le référent lit « Il prépare avec nous son entrée en apprentissage. »
    Quand le référent clique sur « Accepter »
    Alors le référent lit « Demande acceptée »
    Quand la conseillère ouvre le dossier de la personne
    Alors la conseillère lit le nom de la personne

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
