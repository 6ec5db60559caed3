# language: fr
Fonctionnalité: Travailler dans une équipe, sous un mandat

  Scénario: Une professionnelle qui a deux mandats passe de l’un à l’autre
    Étant donné que la professionnelle a deux mandats
    Et que la professionnelle est connectée
    Quand la professionnelle ouvre « Équipe »
    Alors la professionnelle lit « Département du Territoire de Belfort »
    Quand la professionnelle choisit le mandat « Secrétariat, accueil »
    Alors la professionnelle lit « Les plus anciennes d’abord »
    Et la professionnelle ne lit pas « Équipe »
    Quand la professionnelle choisit au clavier le mandat « Responsable de structure »
    Alors la professionnelle lit « Personnes suivies ou attendues par votre structure »

  Scénario: Un mandat se termine et la session ouverte le perd
    Étant donné que la collègue a un mandat
    Et que la collègue est connectée
    Et que la responsable est connectée
    Quand la collègue ouvre sa fiche
    Et la collègue écrit « Conseillère » dans « Fonction »
    Et la responsable ouvre « Équipe »
    Et la responsable ouvre le mandat de la collègue
    Et la responsable clique sur « Mettre fin au mandat »
    Alors la responsable lit « Ses accès sont fermés »
    Quand la collègue clique sur « Enregistrer »
    Alors la collègue lit « Rien n’a été enregistré »
    Quand la collègue clique sur « Revenir à l’accueil »
    Alors la collègue lit « Aucun mandat en cours »

  Scénario: Une invitation est envoyée puis acceptée
    Étant donné que la responsable est connectée
    Quand la responsable ouvre « Équipe »
    Et la responsable clique sur « Inviter une personne »
    Et la responsable écrit « lea.morin@structure.example » dans « Courriel professionnel »
    Et la responsable choisit « Accompagnant·e » dans « Rôle »
    Et la responsable clique sur « Envoyer l’invitation »
    Alors la responsable lit « L’invitation part par courriel »
    Et la responsable lit « Envoyée »
    Quand l’invitée ouvre le lien reçu à « lea.morin@structure.example »
    Et l’invitée clique sur « Ouvrir l’invitation »
    Et l’invitée clique sur « Choisir mon mot de passe »
    Et l’invitée se nomme et choisit son mot de passe
    Et l’invitée enregistre son application
    Et l’invitée clique sur « J’ai gardé mes codes »
    Et l’invitée clique sur « J’ai lu la charte »
    Alors l’invitée lit « Département du Territoire de Belfort vous invite »
    Quand l’invitée choisit « Social »
    Et l’invitée clique sur « Accepter »
    Alors l’invitée lit « Votre mandat commence aujourd’hui »
    Et l’invitée lit « Votre file active est vide »
    Quand la responsable ouvre « Équipe »
    Alors la responsable lit « Léa Morin »
    Et la responsable lit « Non habilité·e »
