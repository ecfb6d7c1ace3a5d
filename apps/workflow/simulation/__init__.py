"""What would happen with so many dossiers and so few people? Pure: graphs and numbers in, numbers out."""
