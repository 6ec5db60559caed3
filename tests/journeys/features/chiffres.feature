# language: fr
Fonctionnalité: Ce qui sort des dossiers

  Scénario: Le comité de pilotage ne lit aucun nom
    Étant donné que le comité de pilotage est connecté
    Quand le comité de pilotage parcourt toutes ses pages
    Alors aucun nom de personne n’y figure

  Plan du scénario: Le fichier est exactement ce qui est à l’écran
    Étant donné que la référente est connectée
    Quand la référente ouvre « Ma file active »
    Et la référente choisit le filtre « <filtre> »
    Et la référente lit toutes les pages de la liste
    Et la référente exporte la liste en CSV
    Et la référente exporte la liste en XLSX
    Alors chaque fichier contient exactement les lignes de l’écran
    Et chaque fichier dit « <filtre> »

    Exemples:
      | filtre                 |
      | Moins de 26 ans        |
      | Dont je suis référent·e |
