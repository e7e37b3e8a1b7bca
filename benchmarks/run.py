"""All benchmarks, one after another: python -m benchmarks.run"""

from benchmarks import import_speed, partitioning

if __name__ == "__main__":
    import_speed.main()
    partitioning.main()
