"""Files of a home -> the model: each module one kind of file, dataset.py the whole."""
