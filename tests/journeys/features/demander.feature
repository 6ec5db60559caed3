# language: fr
Fonctionnalité: Demander un accompagnement sans compte

  Scénario: Une personne écrit, l’accueil la reçoit et ouvre son dossier
    Quand la personne ouvre la page publique de son territoire
    Et la personne remplit « Prénom » avec « Nour »
    Et la personne remplit « Nom » avec « Delvaux »
    Et la personne remplit « Date de naissance » avec « 12/08/1997 »
    Et la personne remplit « Sinon, comment vous trouver ? » avec « L’accueil de jour, le matin »
    Et la personne remplit « De quoi avez-vous besoin ? » avec « Je voudrais conduire un poids lourd. »
    Et la personne choisit « CCAS de Belfort, Accueil de Belfort » dans « Où préférez-vous être reçu ? »
    Et la personne valide « Envoyer ma demande »
    Alors la personne lit « Votre demande est envoyée »
    Et l’adresse où se trouve la personne ne dit rien de sa demande
    Étant donné que l’accueil est connecté
    Quand l’accueil ouvre « Demandes reçues »
    Alors l’accueil ne lit pas « Delvaux »
    Quand l’accueil ouvre la dernière demande
    Alors l’accueil lit « Je voudrais conduire un poids lourd. »
    Quand l’accueil clique sur « Rechercher la personne »
    Alors l’accueil lit « Personne ne correspond »
    Quand l’accueil clique sur « Créer la personne »
    Et l’accueil valide « Accueillir la personne »
    Alors l’accueil lit « La personne est accueillie »
    Et l’accueil lit « Nour Delvaux »
    Quand l’accueil ouvre « Demandes reçues »
    Alors l’accueil lit « Aucune demande en attente »
