"""The parts of the question bank: those that have been read, and those of which only sums are looked at."""

HALVES = ("development", "test")
READ = (
    *HALVES,
    *("blind", "citizens", "clerks", "analysts", "situations", "tables"),
    *("everyday", "traps", "english", "officials"),
)
SEALED = ("sealed", "sealed_again")
