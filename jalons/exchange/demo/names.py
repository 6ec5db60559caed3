"""Invented persons: names drawn from two lists, none of anybody in particular."""

GIVEN = (
    "Kelly Magali Thierry Ousmane Dylan Patricia Amina Jean-Marc Sonia Lucie Bruno Chloé Rachid"
    " Élodie Mamadou Nathalie Kévin Fatima Sébastien Inès Loïc Véronique Yanis Awa Christelle"
    " Mehdi Sandrine Anaïs Franck Zoé Driss Béatrice Enzo Salomé Gérard Maïwenn Tony Khadija"
    " Aurélien Solène Hakim Martine Noé Aïssatou Régis Clémence Jordan Leïla Didier Ambre"
).split()

FAMILY = (
    "Moreau Rousseau Vasseur Diarra Roussel Gervais Haddad Lopez Lemaire Fabre Castel Marchetti"
    " Bouvier Traoré Delorme Santini Girardot Benali Peltier Carvalho Moulin Colonna Fournel"
    " Kaddour Brissot Nguyen Lacombe Tessier Paoli Bertho Sow Marchand Kessler Ferreira Jobard"
    " Cissé Humbert Mattei Renaudin Bakri Simonet Pires Chevrel Dumoulin Acquaviva Fofana Villard"
    " Morvan Allain Ziani"
).split()
