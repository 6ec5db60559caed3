"""What `bench.population` is made of: names, places, staff, the stories of persons, the loading."""
