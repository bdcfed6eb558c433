"""What people use today, each as a script of its own: a folder of returns in, one table out."""
