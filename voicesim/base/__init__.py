"""What every room may use: findings, draws, the host rule, the redactor."""
