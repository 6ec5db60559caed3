# language: fr
Fonctionnalité: Importer les structures d’un territoire

  Contexte:
    Étant donné que la coordinatrice est connectée

  Scénario: Un fichier de 34 structures importé deux fois
    Étant donné un fichier de 34 structures, dont 2 avec une erreur et 3 avec une alerte
    Quand la coordinatrice envoie le fichier
    Alors la coordinatrice lit bientôt « Vérifier avant d’importer »
    Et la coordinatrice lit « 32 à créer »
    Et la coordinatrice lit « 2 laissées de côté »
    Et la coordinatrice lit « Erreurs 2 »
    Et la coordinatrice lit « Alertes 3 »
    Et le territoire n’a aucune structure du fichier
    Quand la coordinatrice clique sur « Importer »
    Alors la coordinatrice lit bientôt « Import terminé »
    Et la coordinatrice lit « 32 créées »
    Et la coordinatrice lit « 32 invitations préparées. Aucun courriel n’est parti. »
    Et le territoire a 32 structures du fichier
    Quand la coordinatrice télécharge les lignes laissées de côté
    Alors le fichier téléchargé contient 2 lignes avec leur motif
    Quand la coordinatrice envoie le fichier
    Alors la coordinatrice lit bientôt « Fichier déjà importé »
    Et la coordinatrice lit « 32 déjà connues, inchangées »
    Quand la coordinatrice clique sur « Importer »
    Alors la coordinatrice lit bientôt « Import terminé »
    Et la coordinatrice lit « 0 créée »
    Et la coordinatrice lit « Aucune nouvelle invitation »
    Et le territoire a 32 structures du fichier
    Quand la coordinatrice corrige le fichier téléchargé et l’envoie
    Alors la coordinatrice lit bientôt « 2 à créer »
    Quand la coordinatrice clique sur « Importer »
    Alors la coordinatrice lit bientôt « 2 créées »
    Et le territoire a 34 structures du fichier
    Et la coordinatrice est prévenue de la fin de l’import

  Scénario: Sans scripts, on actualise la page
    Étant donné que la coordinatrice navigue sans scripts
    Et que la coordinatrice est connectée
    Et un fichier de 3 structures, dont 0 avec une erreur et 0 avec une alerte
    Quand la coordinatrice envoie le fichier
    Et la coordinatrice actualise jusqu’à lire « Vérifier avant d’importer »
    Et la coordinatrice clique sur « Importer »
    Et la coordinatrice actualise jusqu’à lire « Import terminé »
    Alors la coordinatrice lit « 3 créées »

  Scénario: Un fichier illisible est refusé
    Quand la coordinatrice envoie un classeur nommé « liste.csv »
    Alors la coordinatrice lit « 1 réponse à corriger »
    Et la coordinatrice lit « n’est pas un fichier CSV »
