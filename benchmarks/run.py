"""All benchmarks, one after another: python -m benchmarks.run"""

from benchmarks import check_speed, import_speed, partitioning

if __name__ == "__main__":
    import_speed.main()
    check_speed.main()
    partitioning.main()
