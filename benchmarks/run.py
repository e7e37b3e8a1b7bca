"""All benchmarks, one after another: python -m benchmarks.run"""

from benchmarks import (
    first_report,
    import_speed,
    joining_speed,
    partitioning,
    polling,
    push,
    reader_speed,
    ten_millions,
)

if __name__ == "__main__":
    import_speed.main()
    reader_speed.main()
    joining_speed.main()
    ten_millions.main()
    partitioning.main()
    first_report.main(save="10,000 plays")
    polling.main()
    push.main()
