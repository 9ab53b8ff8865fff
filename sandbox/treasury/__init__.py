"""The Treasury: takes money, posts it later, drops statement files."""
