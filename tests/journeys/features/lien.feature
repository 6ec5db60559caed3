# language: fr
Fonctionnalité: Lire ses informations par un lien

  Contexte:
    Étant donné une personne suivie par la référente
    Et que la référente est connectée
    Et que la référente donne à la personne un lien et un code

  Scénario: La personne lit ce qui est noté d’elle
    Quand la personne ouvre son lien
    Et la personne clique sur « Ouvrir »
    Et la personne écrit son code
    Et la personne clique sur « Continuer »
    Alors la personne lit « Vos informations »
    Et la personne lit le nom de la personne
    Et l’adresse où se trouve la personne ne dit rien d’elle

  Scénario: Cinq codes faux ferment le lien
    Quand la personne ouvre son lien
    Et la personne clique sur « Ouvrir »
    Et la personne se trompe cinq fois de code
    Alors la personne lit « Le code a été faux cinq fois »
    Quand la personne ouvre son lien
    Alors la personne lit « Demandez un nouveau lien »
    Et la personne ne lit pas le nom de la personne

  Scénario: Un lien ne s’ouvre qu’une fois
    Quand la personne ouvre son lien
    Et la personne clique sur « Ouvrir »
    Et quelqu’un d’autre ouvre le lien de la personne
    Alors quelqu’un d’autre lit « Ce lien ne fonctionne plus »
