# language: fr
Fonctionnalité: Entrer par un fournisseur d’identité

  Scénario: Une connexion complète, puis la déconnexion
    Quand une professionnelle ouvre la page de connexion
    Et une professionnelle clique sur « Choisir un professionnel de démonstration »
    Alors une professionnelle lit « Qui êtes-vous »
    Quand une professionnelle choisit la référente de démonstration
    Alors une professionnelle lit « Toutes les personnes »
    Quand une professionnelle quitte Jalons
    Alors une professionnelle lit « Vous êtes déconnecté »
    Et une professionnelle lit « a fermé la sienne »
    Quand une professionnelle clique sur « Se connecter »
    Alors une professionnelle lit « Mot de passe oublié »

  Scénario: Renoncer chez le fournisseur n’ouvre rien
    Quand une professionnelle ouvre la page de connexion
    Et une professionnelle clique sur « Choisir un professionnel de démonstration »
    Et une professionnelle clique sur « Renoncer »
    Alors une professionnelle lit « La connexion n’a pas été autorisée »
    Quand une professionnelle clique sur « Revenir à la connexion »
    Alors une professionnelle lit « Mot de passe oublié »

  Scénario: Une identité que Jalons ne connaît pas est reliée une fois à son compte
    Étant donné un compte qui a son mot de passe et son second facteur
    Quand une professionnelle ouvre la page de connexion
    Et une professionnelle clique sur « Choisir un professionnel de démonstration »
    Et une professionnelle se présente sous une identité inconnue
    Alors une professionnelle lit « Quel compte est le vôtre »
    Quand une professionnelle prouve le compte par son mot de passe
    Et une professionnelle recopie le code de son application
    Alors une professionnelle lit « Charte de confidentialité »
    Quand une professionnelle clique sur « Se déconnecter »
    Et une professionnelle clique sur « Se connecter »
    Et une professionnelle clique sur « Choisir un professionnel de démonstration »
    Et une professionnelle se présente sous une identité inconnue
    Alors une professionnelle lit « Second facteur »
    Et une professionnelle ne lit pas « Quel compte est le vôtre »
