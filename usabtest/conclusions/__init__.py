"""What a researcher concludes from a report: findings in their own words and order, what it may cost, benchmarks."""
