# language: fr
Fonctionnalité: Protéger une victime de violences

  Scénario: Une victime de violences à l’adresse cachée reste invisible partout
    Étant donné une personne suivie par la référente
    Et que la référente est connectée
    Et que le partenaire est connecté
    Quand la référente ouvre le dossier de la personne
    Et la référente clique sur « Ajouter un contact »
    Et la référente choisit « Adresse postale » dans « Type »
    Et la référente remplit « Numéro, courriel ou adresse » avec « 7 passage des Roses »
    Et la référente valide « Ajouter le contact »
    Alors la référente lit « 7 passage des Roses »
    Quand la référente clique sur « Ajouter un statut »
    Et la référente choisit « Victime de violences (scellé) » dans « Statut »
    Et la référente valide « Ajouter le statut »
    Alors la référente lit « Cette information est scellée »
    Et la référente ne lit pas « Victime de violences »
    Quand la référente valide « Cacher l’adresse »
    Alors la référente lit « L’adresse est cachée »
    Et la référente ne lit pas « 7 passage des Roses »
    Quand le partenaire ouvre l’aperçu de la personne
    Alors le partenaire lit les initiales de la personne
    Et le partenaire ne lit pas la commune de la personne
    Quand la référente valide « Rendre discret »
    Alors la référente lit « Les contacts sont discrets »
    Quand la référente clique sur « Afficher »
    Alors la référente lit « Victime de violences »
    Et la référente lit « 7 passage des Roses »
    Et la référente lit « Ne pas utiliser »
    Et la référente lit la commune de la personne
    Quand la référente ouvre le dossier de la personne
    Et la référente valide « Protéger »
    Alors la référente lit « Protection activée »
    Et le partenaire ne peut plus ouvrir l’aperçu de la personne
    Et le partenaire ne peut plus ouvrir le dossier de la personne
