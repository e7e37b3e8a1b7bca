"""All benchmarks, one after another: python -m benchmarks.run"""

from benchmarks import import_speed, joining_speed, partitioning, ten_millions

if __name__ == "__main__":
    import_speed.main()
    joining_speed.main()
    ten_millions.main()
    partitioning.main()
