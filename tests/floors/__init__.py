"""Tests of the benchmarks and of the gate that holds their figures."""
