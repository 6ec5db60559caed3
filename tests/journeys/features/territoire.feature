# language: fr
Fonctionnalité: Mettre en place un territoire à partir de rien
  Une administratrice fonde un territoire ; sa coordinatrice en fait un consortium qui travaille.

  Scénario: une coordinatrice met en place un territoire à partir de rien
    Étant donné que l’administration est connectée
    Quand l’administration ouvre « Territoires »
    Et l’administration ouvre « Fonder un territoire »
    Et l’administration remplit « Nom du territoire » avec « Pays d’Orbelle »
    Et l’administration remplit « Code du territoire » avec « pays-d-orbelle »
    Et l’administration remplit « Structure porteuse » avec « Conseil départemental d’Orbelle »
    Et l’administration choisit « Service social du conseil départemental » dans « Type de structure »
    Et l’administration remplit « SIRET » avec « 732 829 320 00079 »
    Et l’administration remplit « Prénom de la coordinatrice ou du coordinateur » avec « Camille »
    Et l’administration remplit « Nom » avec « Serres »
    Et l’administration remplit « Courriel professionnel » avec « camille.serres@orbelle.example »
    Et l’administration valide « Fonder le territoire »
    Alors l’administration lit « vérifiez chaque chiffre »
    Quand l’administration remplit « SIRET » avec « 732 829 320 00074 »
    Et l’administration valide « Fonder le territoire »
    Alors l’administration lit « Pays d’Orbelle est fondé »
    Et « camille.serres@orbelle.example » reçoit « Votre accès à Jalons »
    Quand la nouvelle coordinatrice ouvre sa session
    Et la nouvelle coordinatrice valide « J’ai lu la charte et je m’y engage »
    Alors la nouvelle coordinatrice lit « Mettre en place le consortium »
    Et la nouvelle coordinatrice lit « 0 sur 6 »
    Quand la nouvelle coordinatrice ouvre « Commencer »
    Et la nouvelle coordinatrice remplit « Commune, intercommunalité ou département » avec « grand belfort »
    Et la nouvelle coordinatrice valide « Chercher »
    Et la nouvelle coordinatrice valide « Ajouter CA Grand Belfort, intercommunalité »
    Et la nouvelle coordinatrice remplit « Commune, intercommunalité ou département » avec « héricourt »
    Et la nouvelle coordinatrice valide « Chercher »
    Et la nouvelle coordinatrice valide « Ajouter Héricourt, Haute-Saône »
    Alors la nouvelle coordinatrice lit « Haute-Saône »
    Quand la nouvelle coordinatrice ouvre « Continuer »
    Et la nouvelle coordinatrice ouvre « Ajouter une structure »
    Et la nouvelle coordinatrice remplit « Nom de la structure » avec « Conseil départemental d’Orbelle »
    Et la nouvelle coordinatrice choisit « Service social du conseil départemental » dans « Type de structure »
    Et la nouvelle coordinatrice valide « Ajouter la structure »
    Alors la nouvelle coordinatrice lit « peut-être déjà connue »
    Quand la nouvelle coordinatrice remplit « Nom de la structure » avec « Mission locale d’Orbelle »
    Et la nouvelle coordinatrice choisit « Mission locale » dans « Type de structure »
    Et la nouvelle coordinatrice valide « Ajouter la structure »
    Alors la nouvelle coordinatrice lit « Mission locale d’Orbelle est membre du consortium »
    Quand la nouvelle coordinatrice quitte puis revient
    Alors la nouvelle coordinatrice lit « 2 sur 6 »
    Quand la nouvelle coordinatrice ouvre « Continuer »
    Et la nouvelle coordinatrice valide « Enregistrer la convention »
    Et la nouvelle coordinatrice valide « Enregistrer les axes »
    Et la nouvelle coordinatrice remplit « Personnes à accompagner » avec « 850 »
    Et la nouvelle coordinatrice valide « Enregistrer l’objectif »
    Et la nouvelle coordinatrice valide « Garder ces actions »
    Alors la nouvelle coordinatrice lit « Invitez les responsables des structures »
    Quand la nouvelle coordinatrice quitte puis revient
    Alors la nouvelle coordinatrice lit « 5 sur 6 »
    Et la nouvelle coordinatrice lit « Invitez au moins une ou un collègue »
    Quand une collègue est attendue dans la structure de la coordinatrice
    Et la nouvelle coordinatrice quitte puis revient
    Alors la nouvelle coordinatrice lit « Le consortium est en place »
    Quand la nouvelle coordinatrice ouvre « Voir le consortium »
    Alors la nouvelle coordinatrice lit « Mission locale d’Orbelle »
    Et la nouvelle coordinatrice lit « 850 personnes »
    Quand la nouvelle coordinatrice ouvre « Calendrier »
    Alors la nouvelle coordinatrice lit « Rencontrer chaque membre »
