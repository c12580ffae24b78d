"""Pure statistics: intervals, quantiles, histograms and tests, all over sums that were made elsewhere."""
