"""What is a dip or a peak, and what is high. Free of Ibis."""

# Of fewer plays a mean is as their few tracks happen to be.
JUDGED_PLAYS = 10
# A median absolute deviation times this is the standard deviation of values that are normally distributed.
MAD_TO_DEVIATION = 1.4826
NORMAL_DEVIATIONS = 2
# From the middle of 0 to 1 on a valence or an energy is high.
HALF = 0.5
