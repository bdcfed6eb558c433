"""The rules of measurement: reading numbers, realisasi, capaian, predikat."""
