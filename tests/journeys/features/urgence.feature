# language: fr
Fonctionnalité: Accéder en urgence à un dossier

  Contexte:
    Étant donné une personne suivie par la référente
    Et que le partenaire est connecté

  Scénario: Le partenaire ne voit que la ligne masquée
    Quand le partenaire ouvre l’aperçu de la personne
    Alors le partenaire lit les initiales de la personne
    Et le partenaire ne lit pas le nom de la personne
    Et le partenaire ne peut pas ouvrir le dossier de la personne

  Scénario: Un motif gardé, un référent prévenu, un accès qui se referme
    Quand le partenaire ouvre l’aperçu de la personne
    Et le partenaire clique sur « Accéder en urgence »
    Et le partenaire écrit « Madame est à la rue ce soir avec ses deux enfants. » dans « Pourquoi faut-il ouvrir ce dossier maintenant ? »
    Alors le partenaire lit « Brouillon gardé à »
    Quand le partenaire se déconnecte
    Et que le partenaire se reconnecte
    Et le partenaire ouvre l’aperçu de la personne
    Et le partenaire clique sur « Accéder en urgence »
    Alors « Pourquoi faut-il ouvrir ce dossier maintenant ? » contient « Madame est à la rue ce soir avec ses deux enfants. » chez le partenaire
    Quand le partenaire clique sur « Ouvrir le dossier »
    Alors le partenaire lit le nom de la personne
    Étant donné que la référente est connectée
    Alors la référente est prévenue : « Accès urgent ouvert »
    Quand la référente ouvre le dossier de la personne depuis l’alerte
    Alors la référente lit le nom de la personne
    Et la référente lit « Madame est à la rue ce soir avec ses deux enfants. »
    Étant donné que nous sommes le lendemain
    Alors le partenaire ne peut pas ouvrir le dossier de la personne

  Scénario: Un motif trop court est refusé
    Quand le partenaire ouvre l’aperçu de la personne
    Et le partenaire clique sur « Accéder en urgence »
    Et le partenaire écrit « Urgent. » dans « Pourquoi faut-il ouvrir ce dossier maintenant ? »
    Et le partenaire clique sur « Ouvrir le dossier »
    Alors le partenaire lit « Écrivez une phrase complète »
    Et le partenaire ne peut pas ouvrir le dossier de la personne
