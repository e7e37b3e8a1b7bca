"""All benchmarks, one after another: python -m benchmarks.run"""

from benchmarks import check_speed, import_speed, partitioning, reader_speed

if __name__ == "__main__":
    import_speed.main()
    reader_speed.main()
    check_speed.main()
    partitioning.main()
