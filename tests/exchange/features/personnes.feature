# language: fr
Fonctionnalité: Importer des personnes à partir d’un fichier

  Scénario: Un département importe son mois
    Étant donné un département qui envoie ses fichiers de bénéficiaires
    Quand il envoie 12 personnes
    Alors il lit « 12 à créer » avant que rien ne soit enregistré
    Quand il confirme l’import
    Alors 12 personnes sont connues, chacune avec son entrée
    Quand il envoie le mois suivant : 12 personnes, dont 2 ont changé de téléphone et 1 est nouvelle
    Alors il lit « 1 à créer » et « 2 à compléter »
    Et il voit l’ancien téléphone à côté du nouveau
    Quand il confirme l’import
    Alors 13 personnes sont connues, chacune avec son entrée
    Quand il envoie le même fichier une fois de plus
    Alors il lit « 0 à créer » et « 0 à compléter »

  Scénario: Un fichier refusé est corrigé dans un tableur et renvoyé
    Étant donné un département qui envoie ses fichiers de bénéficiaires
    Quand il envoie 5 personnes, dont 2 avec une date impossible
    Et il confirme l’import
    Alors 3 personnes sont connues, chacune avec son entrée
    Quand il ouvre les lignes refusées dans un tableur, corrige les dates et renvoie le classeur
    Alors il lit « 2 à créer » avant que rien ne soit enregistré
    Quand il confirme l’import
    Alors 5 personnes sont connues, chacune avec son entrée
